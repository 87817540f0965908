import { beforeAll, describe, expect, it } from 'vitest';
import { colorProject } from '../../test/color-classifier.ts';
import { makeWorkspace } from '../../test/workspace.ts';
import { askCase } from '../ask/answer.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { baselineText } from '../baseline/baseline.ts';
import { parseBaseline } from '../baseline/load.ts';
import { assess } from '../judge/assess.ts';
import { embeddedModel } from '../model/embedded-model.ts';
import { NO_USAGE } from '../model/model.ts';
import { loadWork, type SuiteWork } from '../project/load-work.ts';
import { projectAt } from '../project/project.ts';
import { buildRecord } from '../record/build-record.ts';
import type { Answer, CaseRecord, RunRecord } from '../schema/run-record.ts';
import { type TrustedSources, verifyAnswers } from './verify-answers.ts';

let work: SuiteWork;
let honest: RunRecord;
let baseline: Baseline;
let again: ReadonlyMap<string, readonly Answer[]>;

function recordOf(answers: ReadonlyMap<string, readonly Answer[]>, repeats = 1): RunRecord {
  const { suite, prompt, goldens, selection } = work;
  return buildRecord(work.cases, answers, {
    ...{ suite, prompt, goldens, selection, model: 'embedded', git: null, repeats },
    ...{ startedAt: '2026-03-04T05:06:07.890Z', asked: 0, spent: NO_USAGE, seconds: 0 },
  });
}

function said(color: string): Answer {
  return { status: 'answered', label: { color }, raw: 'text', usage: NO_USAGE, latency_ms: 9 };
}

/** The honest run with one case, `blue-0`, as somebody would like it to be. */
function forged(change: (each: CaseRecord) => CaseRecord[]): RunRecord {
  return { ...honest, cases: honest.cases.flatMap((each) => (each.id === 'blue-0' ? change(each) : [each])) };
}

function verify(claimed: RunRecord, trusted: Partial<TrustedSources> = {}) {
  const nothing = { recorded: null, answerAgain: null, ownBranch: false };
  return verifyAnswers(claimed, work.cases, { task: work.suite.task, repeats: 1, ...nothing, ...trusted });
}

const everySource = () => ({ recorded: baseline, answerAgain: again, ownBranch: true });

beforeAll(async () => {
  const cwd = makeWorkspace(colorProject());
  const [loaded] = loadWork(projectAt(cwd), { suites: [], model: 'embedded', cwd });
  if (loaded === undefined) throw new Error('no suite');
  work = loaded;
  const answers = new Map<string, readonly Answer[]>();
  for (const each of work.cases) {
    const { signal } = new AbortController();
    answers.set(each.id, [await askCase(each, work.suite.task, embeddedModel(), signal, () => 0)]);
  }
  again = answers;
  honest = recordOf(again);
  const read = parseBaseline(Buffer.from(baselineText(honest)), 'b.jsonl', work.suite.task, 'embedded');
  if (read.baseline === null) throw new Error('no baseline');
  baseline = read.baseline;
});

describe('answers that another source gives too', () => {
  it('are believed where the accepted baseline has them, and come from it', () => {
    const claimed = forged((each) => [
      {
        ...each,
        answers: each.answers.map((answer) => ({
          ...answer,
          raw: '<script>',
          latency_ms: 1e9,
          usage: { ...NO_USAGE, cost_usd: 99 },
        })),
      },
    ]);
    const verified = verify(claimed, { recorded: baseline });
    expect(verified.kind === 'verified' && [...verified.answers.keys()]).toEqual(
      work.cases.map(({ id }) => id),
    );
    expect(verified.kind === 'verified' && verified.answers.get('blue-0')).toEqual([
      { ...said('blue'), raw: '{"color":"blue"}', latency_ms: 0 },
    ]);
  });

  it('are believed where the free model gives them again, and come from it', () => {
    expect(verify(honest, { answerAgain: again })).toEqual({ kind: 'verified', answers: again });
  });

  it('may come from either', () => {
    const { 'blue-0': _left, ...others } = Object.fromEntries(baseline.cases);
    const recorded = { ...baseline, cases: new Map(Object.entries(others)) };
    expect(verify(honest, { recorded }).kind).toBe('unverified');
    expect(verify(honest, { recorded, answerAgain: again }).kind).toBe('verified');
  });

  it('are scored by what the trusted side expects, whatever the claim says', () => {
    const wrong = new Map([...again.keys()].map((id) => [id, [said('red')]]));
    const accepted = baselineText(recordOf(wrong));
    const { baseline: bad } = parseBaseline(Buffer.from(accepted), 'b', work.suite.task, 'embedded');
    const lying = recordOf(wrong);
    const claimed = { ...lying, cases: lying.cases.map((each) => ({ ...each, expected: { color: 'red' } })) };
    expect(assess(claimed, null).verdict.ruling).not.toBe('regressed');
    const verified = verify(claimed, { recorded: bad });
    if (verified.kind !== 'verified') throw new Error(verified.why);
    expect(assess(recordOf(verified.answers), null).verdict.ruling).toBe('regressed');
  });
});

describe('answers that nobody else gives', () => {
  const lie = () => forged((each) => [{ ...each, answers: [said('green')] }]);

  it('are not believed', () => {
    expect(verify(lie(), { recorded: baseline, answerAgain: again })).toEqual({
      kind: 'unverified',
      cases: ['blue-0'],
      why: '1 case with an answer that neither the accepted baseline nor the model itself gives',
    });
  });

  it('are not believed of a failure, though the baseline has the same', () => {
    const failed: Answer = { status: 'failed', reason: '', raw: '', usage: NO_USAGE, latency_ms: 0 };
    const claimed = forged((each) => [{ ...each, answers: [failed] }]);
    const accepted = baselineText(claimed);
    const { baseline: recorded } = parseBaseline(Buffer.from(accepted), 'b', work.suite.task, 'embedded');
    expect(recorded?.cases.get('blue-0')?.answers).toEqual([{ status: 'failed' }]);
    expect(verify(claimed, { recorded })).toMatchObject({ kind: 'unverified', cases: ['blue-0'] });
  });

  it('are believed of a branch of the same repository', () => {
    const verified = verify(lie(), everySource());
    expect(verified.kind === 'verified' && verified.answers.get('blue-0')).toEqual([said('green')]);
  });

  it('are not believed by the baseline of another model', () => {
    const verified = verify({ ...honest, model: 'anthropic:claude-haiku-5-5' }, { recorded: baseline });
    expect(verified).toMatchObject({ kind: 'unverified', cases: { length: 10 } });
    expect(verified.kind === 'unverified' && verified.why).toMatch(/^36 cases with an answer that neither/);
  });
});

describe('a claim that its run stopped early', () => {
  const sequential = { seed: 1, families: 2, planned_families: 36, largest_family: 1 };

  it('excuses no case that is missing, on a branch of the same repository neither', () => {
    const claimed = { ...honest, planned: 36, sequential, cases: honest.cases.slice(0, 2) };
    const verified = verify(claimed, everySource());
    expect(verified.kind === 'unverified' && verified.why).toBe('34 cases not answered');
  });

  it('leaves no trace beside all of the answers: they are judged as those of a whole run', () => {
    const verified = verify({ ...honest, planned: 400, sequential }, everySource());
    expect(verified).toEqual(verify(honest, everySource()));
    expect(Object.keys(verified)).toEqual(['kind', 'answers']);
  });
});

describe('a claim that does not fit the planned cases is refused, whoever sends it', () => {
  it.each<[string, (each: CaseRecord) => CaseRecord[], string]>([
    ['a case left out', () => [], '1 case not answered'],
    ['a case too many', (each) => [each, { ...each, id: 'blue-99' }], '1 case not in the goldens'],
    ['a case twice', (each) => [each, each], '1 case answered twice'],
    ['another request', (each) => [{ ...each, request: '0'.repeat(64) }], '1 case of another request'],
    [
      'a repeat too many',
      (each) => [{ ...each, answers: [...each.answers, ...each.answers] }],
      '1 case asked another number of times',
    ],
    [
      'a label that is none',
      (each) => [{ ...each, answers: [said('</td><script>')] }],
      '1 case with an answer that the suite does not have',
    ],
    [
      'a field that nobody asked for',
      (each) => [{ ...each, answers: [{ ...said('blue'), label: { color: 'blue', sure: true } } as Answer] }],
      '1 case with an answer that the suite does not have',
    ],
  ])('%s', (_what, change, why) => {
    const claimed = forged(change);
    expect(verify(claimed, everySource())).toEqual({
      kind: 'unverified',
      cases: [why.includes('goldens') ? 'blue-99' : 'blue-0'],
      why,
    });
  });

  it('with every kind of fault in one sentence, and at most ten ids', () => {
    const { cases } = honest;
    const claimed = {
      ...honest,
      cases: [...cases.slice(12), ...cases.slice(34), { ...cases[0], id: 'toString' } as CaseRecord],
    };
    const verified = verify(claimed, everySource());
    expect(verified).toMatchObject({ kind: 'unverified', cases: { length: 10 } });
    expect(verified.kind === 'unverified' && verified.why).toBe(
      '12 cases not answered, 2 cases answered twice, 1 case not in the goldens',
    );
  });
});
