import type { RunRecord } from '../schema/run-record.ts';
import { seedFor } from '../statistics/random.ts';
import { fieldVectors, type Repeats } from './field-vectors.ts';
import { scoreField } from './score-field.ts';
import type { FieldScore, Scores } from './scores.ts';
import { slicesOf } from './slices.ts';

export interface ScoreOptions {
  /** Of the bootstrap; 2,000 where absent. With 0 only proportions have intervals. */
  resamples?: number;
  /** The same seed gives the same intervals. */
  seed?: number;
  /** What a case with several answers counts as; `mean` where absent. */
  repeats?: Repeats;
}

/**
 * Scores a run: every metric of every field with a 95% interval, over all cases and over each slice
 * (tag, language, window) of ten cases or more. In a slice, proportions and overall metrics have an
 * interval, from half as many resamples, and a class's F1 has none. Pure: the same run, the same scores.
 */
export function scoreRun(
  run: Pick<RunRecord, 'suite' | 'cases' | 'repeats'>,
  options: ScoreOptions = {},
): Scores {
  const { resamples = 2_000, seed = 1, repeats = 'mean' } = options;
  const fields = Object.keys(run.suite.fields).map((field) =>
    fieldVectors(run.suite, field, run.cases, repeats),
  );
  const scoreAll = (name: string, chosen: readonly number[], isSlice: boolean) =>
    Object.fromEntries(
      fields.map((vectors): [string, FieldScore] => [
        vectors.field,
        scoreField(vectors, chosen, {
          resamples: isSlice ? Math.ceil(resamples / 2) : resamples,
          seed: seedFor(seed, `${name}/${vectors.field}`),
          bootstrapped: (metric) => resamples > 0 && !(isSlice && metric.includes('.')),
        }),
      ]),
    );
  return {
    n: run.cases.length,
    unusable: unusable(run.cases),
    fields: scoreAll('all', [...run.cases.keys()], false),
    slices: slicesOf(run.cases).map(({ name, cases }) => ({
      name,
      n: cases.length,
      fields: scoreAll(name, cases, true),
    })),
  };
}

function unusable(cases: RunRecord['cases']): Scores['unusable'] {
  const counts = { invalid: 0, refused: 0, failed: 0 };
  for (const { answers } of cases)
    for (const { status } of answers) if (status !== 'answered') counts[status] += 1 / answers.length;
  return counts;
}
