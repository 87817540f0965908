import { describe, expect, it } from 'vitest';
import type { Comparison } from '../compare/compare.ts';
import { findFlips } from '../compare/flips.ts';
import { NO_USAGE } from '../model/model.ts';
import type { Answer, CaseRecord, RunRecord } from '../schema/run-record.ts';
import type { Rule } from '../schema/suite.ts';
import { scoreRun } from '../score/score-run.ts';
import { judge } from './judge.ts';

const NO_WORSE: Rule = { rule: 'no_worse_than_baseline', metric: 'tone.accuracy', margin: 0.03, alpha: 0.05 };

/** Answers to 400 cases: the first `right` of them right, from `from` on. */
interface Outcome {
  wrong: (index: number) => boolean;
  request?: string;
  status?: 'refused';
}

function said(tone: string): Answer {
  return { status: 'answered', label: { tone }, raw: '', usage: NO_USAGE, latency_ms: 0 };
}

function casesOf(n: number, { wrong, request = 'r', status }: Outcome): CaseRecord[] {
  return Array.from({ length: n }, (_, index) => ({
    id: `c${index}`,
    conversation: `c${index}`,
    window: null,
    family: `f${index}`,
    lang: index % 4 === 0 ? 'zh' : 'en',
    tags: index < 20 ? ['critical'] : [],
    text: '',
    expected: { tone: 'up' },
    request,
    answers: [
      status === undefined
        ? said(wrong(index) ? 'down' : 'up')
        : { status, reason: '', raw: '', usage: NO_USAGE, latency_ms: 0 },
    ],
  }));
}

function verdictOf(
  rules: Rule[],
  now: Outcome,
  before: Outcome | null,
  n = 400,
  onUndecided: 'block' | 'warn' = 'warn',
) {
  const suite: RunRecord['suite'] = {
    name: 'tone',
    path: 'suites/tone.yaml',
    sha256: '',
    fields: { tone: { kind: 'nominal', labels: ['up', 'down'] } },
    windows: null,
    headline: 'tone.accuracy',
    rules,
    on_undecided: onUndecided,
  };
  const cases = casesOf(n, now);
  const run: RunRecord = {
    touchstone: 'run',
    version: 1,
    suite,
    model: 'embedded',
    prompt: { path: '', sha256: '' },
    goldens: { path: '', sha256: '', conversations: n },
    git: null,
    started_at: '2026-01-01T00:00:00.000Z',
    repeats: 1,
    selection: null,
    cases,
    asked: 0,
    spent: NO_USAGE,
    seconds: 30,
  };
  const past = before === null ? [] : casesOf(n, { request: 'before', ...before });
  const pairs = past.flatMap((was, index) =>
    cases[index] === undefined ? [] : [{ before: was, now: cases[index] }],
  );
  const comparison: Comparison | null =
    before === null
      ? null
      : {
          path: '',
          suite,
          repeats: 1,
          pairs,
          added: [],
          removed: [],
          flips: { tone: findFlips(suite, 'tone', pairs) },
        };
  return judge(run, scoreRun(run), comparison);
}

const wrongBelow = (limit: number): Outcome => ({ wrong: (index) => index < limit });
const wrongWithin = (from: number, to: number): Outcome => ({
  wrong: (index) => index >= from && index < to,
});

describe('no worse than the baseline', () => {
  it('is regressed when the loss is more than chance explains, and says how large it is', () => {
    const verdict = verdictOf([NO_WORSE], wrongBelow(60), wrongBelow(40));
    expect(verdict).toMatchObject({ ruling: 'regressed', blocks: true });
    expect(verdict.sentence).toMatch(
      /^tone: regressed, accuracy of tone fell by 5\.0 points \(\d\.\d to \d\.\d\); 20 conversations broke, 0 were fixed$/,
    );
  });

  it('is held when a loss of the margin is ruled out, though some cases broke', () => {
    const verdict = verdictOf([NO_WORSE], wrongWithin(2, 43), wrongWithin(0, 40));
    expect(verdict).toMatchObject({ ruling: 'held', blocks: false });
    expect(verdict.sentence).toMatch(
      /^tone: held, accuracy of tone is 89\.8% .*3 conversations broke, 2 were fixed$/,
    );
  });

  it('is undecided in between, and says how many cases would tell', () => {
    const verdict = verdictOf([NO_WORSE], wrongWithin(15, 60), wrongWithin(0, 40));
    expect(verdict).toMatchObject({ ruling: 'undecided', blocks: false });
    expect(verdict.sentence).toMatch(
      /about [\d,]+ more cases would tell whether the loss is under 3\.0 points/,
    );
    expect(verdictOf([NO_WORSE], wrongWithin(15, 60), wrongWithin(0, 40), 400, 'block').blocks).toBe(true);
  });

  it('is held without inference when questions and answers are the very same', () => {
    const same = { ...wrongBelow(4), request: 'same' };
    expect(verdictOf([NO_WORSE], same, same, 10).rules[0]).toMatchObject({
      ruling: 'held',
      because: 'the same questions with the same answers',
    });
    expect(verdictOf([NO_WORSE], wrongBelow(4), wrongBelow(4), 10).ruling).toBe('undecided');
  });

  it('is undecided without a baseline', () => {
    expect(verdictOf([NO_WORSE], wrongBelow(4), null)).toMatchObject({ ruling: 'undecided', blocks: false });
  });

  it('looks at the slice that a rule names and at nothing else', () => {
    const rule: Rule = { ...NO_WORSE, where: { lang: 'zh' } };
    const verdict = verdictOf([rule], { wrong: (index) => index % 4 === 0 }, wrongBelow(0));
    expect(verdict.rules[0]).toMatchObject({
      ruling: 'regressed',
      evidence: { n: 100, candidate: 0, baseline: 1 },
    });
  });

  it('holds each of several rules to a stricter level, by Holm', () => {
    const one = verdictOf([NO_WORSE], wrongBelow(46), wrongBelow(40));
    const three = verdictOf(
      [NO_WORSE, { ...NO_WORSE }, { ...NO_WORSE }, { ...NO_WORSE }],
      wrongBelow(46),
      wrongBelow(40),
    );
    expect(one.rules[0]).toMatchObject({ ruling: 'regressed', evidence: { adjustedP: 1 / 64 } });
    expect(three.rules[0]).toMatchObject({ evidence: { adjustedP: 4 / 64 } });
    expect(three.rules[0]?.ruling).not.toBe('regressed');
  });
});

describe('a floor', () => {
  const floor: Rule = { rule: 'floor', metric: 'tone.accuracy', min: 0.9 };

  it.each([
    ['held above it', 10, 'held'],
    ['undecided across it', 40, 'undecided'],
    ['regressed below it', 80, 'regressed'],
  ])('is %s', (_what, wrong, ruling) => {
    expect(verdictOf([floor], wrongBelow(wrong), null).rules[0]?.ruling).toBe(ruling);
  });
});

describe('cases that must pass', () => {
  const critical: Rule = { rule: 'must_pass', where: { tag: 'critical' } };

  it('name the ones that did not', () => {
    const verdict = verdictOf([critical], wrongBelow(2), null);
    expect(verdict).toMatchObject({ ruling: 'regressed', blocks: true });
    expect(verdict.sentence).toContain('2 of 20 wrong: c0 c1');
  });

  it('may be wrong where the baseline is and known failures are allowed', () => {
    const lenient: Rule = { ...critical, known_failures: 'allowed' };
    expect(verdictOf([lenient], wrongBelow(2), wrongBelow(2)).ruling).toBe('held');
    expect(verdictOf([lenient], wrongBelow(3), wrongBelow(2)).rules[0]?.because).toBe(
      '1 of 20 wrong, besides 2 that the baseline gets wrong too: c2',
    );
  });
});

describe('a budget', () => {
  it('counts answers that cannot be used, and time', () => {
    const refused = verdictOf(
      [{ rule: 'budget', max_invalid: 0.5 }],
      { wrong: () => false, status: 'refused' },
      null,
    );
    expect(refused.rules[0]).toMatchObject({ ruling: 'regressed', because: '400 of 400 answers unusable' });
    expect(verdictOf([{ rule: 'budget', max_seconds: 10 }], wrongBelow(0), null).ruling).toBe('regressed');
    expect(verdictOf([{ rule: 'budget', max_usd: 1, max_seconds: 60 }], wrongBelow(0), null).ruling).toBe(
      'held',
    );
  });
});
