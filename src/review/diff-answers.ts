import { pairedRuns } from '../compare/compare.ts';
import { type Flip, showAnswers } from '../compare/flips.ts';
import { scoreRun } from '../score/score-run.ts';
import type { FieldScore } from '../score/scores.ts';
import type { TodaysComparison } from './compare-today.ts';

const MAIN_METRICS: Record<FieldScore['kind'], readonly string[]> = {
  nominal: ['accuracy', 'macro_f1'],
  binary: ['accuracy', 'precision.true', 'recall.true'],
  ordinal: ['accuracy', 'mae', 'qwk'],
  set: ['subset_accuracy', 'jaccard', 'macro_f1'],
};

/** How two sets of answers differ in one field. */
export interface FieldDiff {
  field: string;
  metrics: { metric: string; before: number | null; now: number | null }[];
  /** Broken ones first, each by id. */
  flips: Flip[];
  /** Cases whose answers differ though both are right or both wrong. */
  otherChanges: number;
}

/** Differences field by field, in the suite's order. Pure. */
export function diffAnswers({ comparison }: TodaysComparison): FieldDiff[] {
  const { suite, pairs, flips } = comparison;
  const runs = pairedRuns(comparison);
  const before = scoreRun(runs.before, { resamples: 0 });
  const now = scoreRun(runs.now, { resamples: 0 });
  return Object.entries(suite.fields).map(([field, { kind }]) => {
    const flipped = flips[field] ?? [];
    const changed = pairs.filter(
      (pair) => showAnswers(suite, field, pair.before) !== showAnswers(suite, field, pair.now),
    ).length;
    const metrics = MAIN_METRICS[kind].map((metric) => ({
      metric,
      before: before.fields[field]?.metrics[metric]?.value ?? null,
      now: now.fields[field]?.metrics[metric]?.value ?? null,
    }));
    return { field, metrics, flips: flipped, otherChanges: changed - flipped.length };
  });
}
