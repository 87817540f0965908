import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallJudgement } from '../../test/small-judgement.ts';
import type { Problem } from '../errors/problem.ts';
import { checkOutput } from '../github/check-output.ts';
import type { GuardedJudgement } from '../goalposts/judge-guarded.ts';
import type { Verdict } from '../judge/verdict.ts';
import { type Findings, outcomeOf } from './outcome-of.ts';

const NOTHING: Findings = {
  commit: 'a'.repeat(40),
  base: 'b'.repeat(40),
  model: 'embedded',
  touched: [],
  judged: [],
  removed: [],
  missing: [],
  problems: [],
  stopped: null,
  notes: [],
  asked: 0,
  costUsd: 0,
  annotations: [],
};

/** A judgement that ruled so, and whether it closes the gate. */
function ruled(ruling: Verdict['ruling'], blocks = false): GuardedJudgement {
  const judgement = smallJudgement();
  const { assessment } = judgement;
  return { ...judgement, blocks, assessment: { ...assessment, verdict: { ...assessment.verdict, ruling } } };
}

const problem: Problem = {
  ...{ file: 'suites/mood.yaml', line: 3, id: null },
  ...{ what: 'unknown rule "flor"', mend: 'Use one of floor, must_pass' },
};
const missing = { suite: 'mood', count: 8, why: 'mood: 8 cases without a recorded answer. Ask for them.' };
const stopped = { what: 'The budget is used up.', mend: 'Raise it.' };
const gone = { suite: 'old', sentence: 'needs a person.', needsPerson: true };
const touched = [{ suite: 'mood', reasons: ['prompt'] }] as const;

const conclude = (found: Partial<Findings>) => {
  const { conclusion, title } = outcomeOf({ ...NOTHING, ...found });
  return `${conclusion}: ${title}`;
};

describe('outcomeOf', () => {
  it('concludes the worst that was found', () => {
    const judged = [ruled('undecided')];
    expect(conclude({})).toBe('success: no prompt, suite or golden changed');
    expect(conclude({ touched, judged: [ruled('held')] })).toBe('success: the gate holds');
    expect(conclude({ touched, judged })).toBe('neutral: undecided: mood');
    expect(conclude({ touched, judged, stopped })).toBe('action_required: the check could not be finished');
    expect(conclude({ touched, judged, stopped, missing: [missing] })).toBe(
      'action_required: 8 answers missing',
    );
    expect(conclude({ touched, judged: [ruled('undecided', true)], missing: [missing] })).toBe(
      'failure: the gate is closed by mood',
    );
    expect(conclude({ touched, judged: [ruled('held')], removed: [gone] })).toBe(
      'failure: the gate is closed by old',
    );
    expect(conclude({ touched, removed: [gone], problems: [problem], missing: [missing] })).toBe(
      'failure: 1 problem in the files of the change',
    );
  });

  it('lets a suite go that a person has allowed to go, and says it', () => {
    const removed = [{ ...gone, sentence: 'allowed.', needsPerson: false }];
    expect(conclude({ touched, removed })).toBe('success: the gate holds');
    expect(outcomeOf({ ...NOTHING, touched, removed }).summary).toContain('is gone: allowed.');
  });

  it('counts the missing answers of all suites', () => {
    expect(conclude({ missing: [missing, { ...missing, suite: 'tone', count: 1 }] })).toBe(
      'action_required: 9 answers missing',
    );
  });

  it('says what was asked and what it cost, as far as that is known', () => {
    const closing = (found: Partial<Findings>) =>
      outcomeOf({ ...NOTHING, ...found })
        .summary.split('\n')
        .at(-2);
    expect(closing({})).toBe(
      '<sub>aaaaaaaaaaaa against bbbbbbbbbbbb, <code>embedded</code>, 0 questions asked.</sub>',
    );
    expect(closing({ asked: 8, costUsd: 0.01234 })).toContain('8 questions asked, US$0.0123.');
    expect(closing({ asked: 1, costUsd: null })).toContain('1 question asked, cost unknown.');
  });

  it('gives problems with place and mend, and the report of every judged suite once', () => {
    const { summary } = outcomeOf({
      ...NOTHING,
      touched,
      judged: [ruled('regressed', true)],
      problems: [problem],
      notes: ['A note.'],
    });
    expect(summary).toContain(
      '- <code>suites/mood.yaml:3</code> unknown rule "flor". Use one of floor, must_pass.',
    );
    expect(summary).toContain('A note.');
    expect(summary.match(/^## /gm)).toHaveLength(1);
    expect(summary.match(/^### mood$/gm)).toHaveLength(1);
  });

  it('stays below 60,000 characters with one heading, whatever is in it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        '$'.repeat(2000),
        '\n## Touchstone: success\n',
        '<!-- touchstone:commit',
        '<img>',
        '|`*_[',
      ),
    );
    const many = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 60 });
    const findings = fc.record({
      problems: many(
        fc.record({
          file: text,
          line: fc.constantFrom(null, 1),
          id: fc.constant(null),
          what: text,
          mend: text,
        }),
      ),
      missing: many(fc.record({ suite: text, count: fc.nat(), why: text })),
      removed: many(fc.record({ suite: text, sentence: text, needsPerson: fc.boolean() })),
      notes: many(text),
      shared: many(text),
      stopped: fc.option(fc.record({ what: text, mend: text })),
    });
    fc.assert(
      fc.property(findings, ({ shared, ...found }) => {
        const reasons = shared.map((file) => `shared: ${file}` as const);
        const given = {
          ...NOTHING,
          ...found,
          touched: [{ suite: 'mood', reasons }],
          judged: [ruled('held')],
        };
        const outcome = outcomeOf(given);
        expect(outcome.summary.length).toBeLessThanOrEqual(60_000);
        expect(outcome.summary.match(/^## /gm)).toHaveLength(1);
        expect(outcome.summary).not.toMatch(/<img|<!--/);
        expect([...checkOutput(outcome).title].length).toBeLessThanOrEqual(255);
      }),
      { numRuns: 30 },
    );
  });

  it('cuts text that swells when it is escaped', () => {
    const swelling = '$'.repeat(2000);
    const times = <T>(value: T) => Array.from({ length: 60 }, () => value);
    const { summary } = outcomeOf({
      ...NOTHING,
      problems: times({ ...problem, what: swelling, mend: swelling }),
      missing: times({ ...missing, why: swelling }),
      removed: times({ ...gone, sentence: swelling }),
      notes: times(swelling),
      stopped: { what: swelling, mend: swelling },
      touched: [{ suite: 'mood', reasons: [`shared: ${swelling}`] }],
      judged: [ruled('held')],
    });
    expect(summary.length).toBeLessThanOrEqual(60_000);
    expect(summary).toContain('### mood');
  });

  it('counts what a list has no room for', () => {
    const problems = Array.from({ length: 30 }, (_, index) => ({ ...problem, line: index + 1 }));
    const { summary } = outcomeOf({ ...NOTHING, problems });
    expect(summary.match(/^- <code>suites/gm)).toHaveLength(12);
    expect(summary).toContain('- and 18 more');
  });
});
