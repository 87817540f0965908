import type { GuardedJudgement } from '../src/goalposts/judge-guarded.ts';
import { assess } from '../src/judge/assess.ts';
import { NO_USAGE } from '../src/model/model.ts';
import { answersOfRun } from '../src/review/recorded-answers.ts';
import type { Answer, CaseRecord, RunRecord } from '../src/schema/run-record.ts';

/** Text that anybody may have put into ids, labels, tags, paths and reasons. */
export interface SmallTexts {
  id: string;
  label: string;
  path: string;
  reason: string;
}

const PLAIN: SmallTexts = { id: 'c5', label: 'calm', path: 'prompts/mood.md', reason: 'no JSON object' };

/** Eight conversations asked how they feel: right, wrong, and each way of being without an answer. */
export function smallRun(texts: SmallTexts = PLAIN, isBefore = false): RunRecord {
  const { label, reason } = texts;
  const said = (feeling: string): Answer => ({
    status: 'answered',
    label: { feeling },
    raw: JSON.stringify({ feeling }),
    usage: { ...NO_USAGE, cost_usd: 0.002 },
    latency_ms: 250,
  });
  const without = (status: 'invalid' | 'refused' | 'failed'): Answer => ({
    ...{ status, reason, raw: reason, usage: NO_USAGE, latency_ms: 100 },
  });
  const answers: [id: string, expected: string, before: Answer, now: Answer][] = [
    ['c1', 'glad', said('glad'), said('glad')],
    ['c2', 'glad', said('glad'), said(label)],
    ['c3', 'sad', said(label), said('sad')],
    ['c4', 'sad', said('sad'), without('invalid')],
    [texts.id, label, said(label), said(label)],
    ['c6', label, said('glad'), without('refused')],
    ['c7', 'glad', said('sad'), without('failed')],
    ['c8', label, said(label), said('sad')],
  ];
  const cases = answers.map(
    ([id, feeling, before, now], index): CaseRecord => ({
      ...{
        id,
        conversation: id,
        window: null,
        family: `f${index}`,
        lang: 'en',
        tags: index < 2 ? ['short'] : [],
      },
      ...{
        text: '0'.repeat(16),
        expected: { feeling },
        request: 'a'.repeat(64),
        answers: [isBefore ? before : now],
      },
    }),
  );
  return {
    ...{ touchstone: 'run', version: 1, model: 'embedded', git: null, repeats: 1, selection: null },
    suite: {
      ...{
        name: 'mood',
        path: 'suites/mood.yaml',
        sha256: 'b'.repeat(64),
        windows: null,
        on_undecided: 'warn',
      },
      fields: { feeling: { kind: 'nominal', labels: ['glad', 'sad', label] } },
      headline: 'feeling.accuracy',
      rules: [
        { rule: 'no_worse_than_baseline', metric: 'feeling.accuracy', margin: 0.05, alpha: 0.05 },
        { rule: 'must_pass', field: 'feeling', cases: ['c1', texts.id] },
        { rule: 'budget', max_invalid: 0.02 },
      ],
    },
    prompt: { path: texts.path, sha256: (isBefore ? 'd' : 'c').repeat(64) },
    goldens: { path: 'goldens', sha256: 'e'.repeat(64), conversations: 8 },
    ...{ started_at: '2026-03-04T05:06:07.890Z', cases, asked: 8, spent: NO_USAGE, seconds: 2 },
  };
}

/** The run above, judged against an earlier one, with a moved goalpost that needs a person. */
export function smallJudgement(texts: SmallTexts = PLAIN): GuardedJudgement {
  const run = smallRun(texts);
  const { cases, ...before } = answersOfRun(smallRun(texts, true), texts.path);
  const header = { ...before, touchstone: 'baseline', version: 1, cases: cases.size } as const;
  const baseline = { path: texts.path, header, cases };
  const assessment = assess(run, baseline);
  return {
    assessment,
    guard: {
      base: {
        ...{ suite: null, conversations: null, labels: null, baseline: null },
        otherBaselines: new Map(),
        unreadable: [],
      },
      changes: [{ kind: 'headline_changed', before: 'feeling.macro_f1', after: texts.label, loosens: true }],
      verdict: { needsPerson: true, sentence: '1 change loosens the goalposts' },
      allowed: false,
    },
    byOwnLabels: null,
    blocks: true,
  };
}
