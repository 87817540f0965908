import type { Measure } from '../statistics/leave-one-out.ts';
import { type SparseVector, sparseVector } from '../statistics/sparse-vector.ts';
import type { Ratio, Scorer } from './scorer.ts';

/** The cells that one metric reads, and how it reads them. */
export interface MetricCells {
  readonly size: number;
  /** Number of values that `measure` writes, and the metric's place among them. */
  readonly values: number;
  readonly index: number;
  readonly measure: Measure;
  /** What a case's vector comes to in these cells. */
  project(vector: SparseVector): SparseVector;
}

/**
 * All that resampling has to keep of the cases for one metric. A mean over cases needs two cells,
 * its numerator and its denominator: families that differ only in what the metric does not read
 * become equal, and a resample a few draws.
 */
export function metricCells(scorer: Scorer, index: number): MetricCells {
  const metric = scorer.metrics[index];
  const ratio: Ratio | null =
    metric?.proportion == null
      ? (metric?.mean ?? null)
      : {
          numerator: metric.proportion.successes.map((cell): [number, number] => [cell, 1]),
          denominator: metric.proportion.trials,
        };
  if (ratio === null) {
    const { size, metrics, measure } = scorer;
    return { size, values: metrics.length, index, measure, project: (vector) => vector };
  }
  const weight = new Map(ratio.numerator);
  const counted = new Set(ratio.denominator);
  const known = new Map<string, SparseVector>();
  return {
    size: 2,
    values: 1,
    index: 0,
    measure: (cells, values) => {
      const [numerator = 0, denominator = 0] = cells;
      values[0] = denominator > 0 ? numerator / denominator : 0;
    },
    project(vector) {
      let projected = known.get(vector.key);
      if (projected === undefined) {
        projected = sparseVector(
          vector.cells.flatMap((cell, i): [number, number][] => {
            const value = vector.values[i] ?? 0;
            return [
              [0, value * (weight.get(cell) ?? 0)],
              [1, counted.has(cell) ? value : 0],
            ];
          }),
        );
        known.set(vector.key, projected);
      }
      return projected;
    },
  };
}
