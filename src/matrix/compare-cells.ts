import { matchesWhere } from '../judge/case-matches.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { compareMetric } from '../score/compare-metric.ts';
import type { MetricComparison } from '../score/metric-comparison.ts';
import type { MatrixMetric } from './matrix-metrics.ts';

/** One metric of every cell against every other, on the same cases. */
export interface ComparedMetric extends MatrixMetric {
  better: MetricComparison['better'];
  /** By cell; null where the metric is undefined. */
  values: (number | null)[];
  /** `against[i][j]`: cell i beside cell j, losses of i being positive; null where i is j. */
  against: (MetricComparison | null)[][];
}

export interface CompareCellsOptions {
  /** Chance that any of the pairs' intervals misses its difference. */
  alpha: number;
  /** One-sided level at which a cell is tested; see `choiceLevel`. */
  level: number;
  /** Fewest resamples of the bootstrap; 2,000 where absent. */
  resamples?: number;
}

type ScorableRun = Pick<RunRecord, 'suite' | 'cases'>;

/** Resamples beyond an end of an interval, below which that end would be a matter of chance. */
const RESAMPLES_BEYOND = 20;
const MOST_RESAMPLES = 20_000;
const ANY_MARGIN = 0.5;

/**
 * Compares each cell with each other by one metric. Intervals are simultaneous over all pairs (Bonferroni):
 * each is of confidence 1 - alpha / pairs.
 *
 * @param runs of the same cases in the same order, two at least
 */
export function compareCells(
  runs: readonly ScorableRun[],
  by: MatrixMetric,
  { alpha, level, resamples = 2_000 }: CompareCellsOptions,
): ComparedMetric {
  const { metric, where, margin } = by;
  const chosen = runs.map(({ suite, cases }) => ({
    suite,
    cases: cases.filter((each) => matchesWhere(where ?? undefined, each)),
  }));
  const ofPair = alpha / pairCount(runs.length);
  const options = {
    // One that is only looked at has no margin, and nobody reads what the test of this one says.
    margin: margin ?? ANY_MARGIN,
    alpha: level,
    confidence: 1 - ofPair,
    resamples: Math.max(resamples, Math.min(MOST_RESAMPLES, Math.ceil((2 * RESAMPLES_BEYOND) / ofPair))),
    planned: false,
  };
  const against = chosen.map((now) =>
    chosen.map((before) => (before === now ? null : compareMetric(before, now, metric, options))),
  );
  const [first] = against.flat().filter((found) => found !== null);
  return {
    ...by,
    better: first?.better ?? 'higher',
    values: against.map((row) => row.find((found) => found !== null)?.candidate ?? null),
    against,
  };
}

/** How many pairs so many cells make. */
export function pairCount(cells: number): number {
  return (cells * (cells - 1)) / 2;
}

/**
 * Whether a cell is shown worse than another: the interval of their difference, taken either way round,
 * leaves zero out. Its ends may differ by a resample between the two ways.
 */
export function isShownWorse({ against, better }: ComparedMetric, cell: number, than: number): boolean {
  const sign = better === 'higher' ? 1 : -1;
  const range = against[cell]?.[than]?.interval;
  const reverse = against[than]?.[cell]?.interval;
  const isLoss = range != null && (sign > 0 ? range.high < 0 : range.low > 0);
  const isGainOfOther = reverse != null && (sign > 0 ? reverse.low > 0 : reverse.high < 0);
  return isLoss || isGainOfOther;
}
