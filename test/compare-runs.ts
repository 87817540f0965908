import type { Answer, RunRecord } from '../src/schema/run-record.ts';
import type { Rule } from '../src/schema/suite.ts';

const LABELS = ['red', 'blue', 'green'];
const sha256 = '0'.repeat(64);

/** A run made up for a test: which of its cases are right, and what an answer takes. */
export interface MadeUpRun {
  prompt: string;
  model: string;
  /** By case; what is wrong is another label, what is null has no usable answer. */
  right: readonly (boolean | null)[];
  /** US dollars of an answer; null where the price is unknown. */
  usd?: number | null;
  latencyMs?: number;
  rules?: Rule[];
}

/** A run record of one nominal field, `color`, each case a family of its own. */
export function madeUpRun({
  prompt,
  model,
  right,
  usd = 0,
  latencyMs = 100,
  rules = [],
}: MadeUpRun): RunRecord {
  const tokens = { input_tokens: usd === 0 ? 0 : 500, output_tokens: 10 };
  const usage = { ...tokens, cache_write_tokens: 0, cache_read_tokens: 0, cost_usd: usd };
  const given = { raw: '', usage, latency_ms: latencyMs };
  return {
    touchstone: 'run',
    version: 1,
    suite: {
      name: 'color',
      path: 'suites/color.yaml',
      sha256,
      fields: { color: { kind: 'nominal', labels: LABELS } },
      windows: null,
      headline: 'color.accuracy',
      rules,
      on_undecided: 'warn',
    },
    model,
    prompt: { path: prompt, sha256 },
    goldens: { path: 'goldens', sha256, conversations: right.length },
    git: null,
    started_at: '2026-12-01T00:00:00.000Z',
    repeats: 1,
    selection: null,
    cases: right.map((isRight, index) => {
      const id = `c${String(index).padStart(4, '0')}`;
      const expected = LABELS[index % 3] ?? 'red';
      const other = LABELS[(index + 1) % 3] ?? 'blue';
      const answer: Answer =
        isRight === null
          ? { status: 'invalid', reason: 'not JSON', ...given }
          : { status: 'answered', label: { color: isRight ? expected : other }, ...given };
      return {
        id,
        conversation: id,
        window: null,
        family: id,
        lang: 'en',
        tags: [],
        text: '0'.repeat(16),
        expected: { color: expected },
        request: sha256,
        answers: [answer],
      };
    }),
    asked: right.length,
    spent: { ...usage, cost_usd: usd },
    seconds: 1,
  };
}

/** So many cases, of which every `step`th from `from` on is wrong. */
export function wrongEvery(cases: number, step: number, from = 0): boolean[] {
  return Array.from({ length: cases }, (_, index) => (index - from) % step !== 0);
}
