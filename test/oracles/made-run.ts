import type { Field } from '../../src/schema/field.ts';
import type { Answer, CaseRecord, Label, RunRecord } from '../../src/schema/run-record.ts';

const NOTHING = {
  raw: '',
  usage: { input_tokens: 0, output_tokens: 0, cache_write_tokens: 0, cache_read_tokens: 0, cost_usd: null },
  latency_ms: 0,
};

/** A usable answer, or what became of one that is not. */
export function answer(given: Label | 'invalid' | 'refused' | 'failed'): Answer {
  return typeof given === 'string'
    ? { status: given, reason: '', ...NOTHING }
    : { status: 'answered', label: given, ...NOTHING };
}

type MadeCase = { expected: Label; answers: Answer[] } & Partial<CaseRecord>;

/** A run as far as scoring reads it. Cases are of a family each unless they say otherwise. */
export function madeRun(
  fields: Record<string, Field>,
  cases: readonly MadeCase[],
): Pick<RunRecord, 'suite' | 'cases' | 'repeats'> {
  return {
    repeats: cases[0]?.answers.length ?? 1,
    suite: {
      name: 'made',
      path: 'suites/made.yaml',
      sha256: '0'.repeat(64),
      fields,
      windows: null,
      headline: '',
      rules: [],
      on_undecided: 'warn',
    },
    cases: cases.map((each, i) => {
      const id = `c${String(i).padStart(4, '0')}`;
      return {
        id,
        conversation: id,
        text: '0'.repeat(16),
        window: null,
        family: id,
        lang: 'en',
        tags: [],
        request: '0'.repeat(64),
        ...each,
      };
    }),
  };
}
