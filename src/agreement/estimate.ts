import { bootstrapIntervals } from '../statistics/bootstrap-interval.ts';
import { familyPopulation, totalCells } from '../statistics/family-population.ts';
import type { Range } from '../statistics/range.ts';
import { sparseVector } from '../statistics/sparse-vector.ts';

/** A figure, with its 95% interval; null where it is undefined. */
export interface Estimate {
  value: number | null;
  interval: Range | null;
}

/** What one unit adds to the sums that a figure is made of. */
export interface Contribution {
  family: string;
  cells: readonly (readonly [cell: number, value: number])[];
}

export interface Figure {
  /** How many sums there are. */
  size: number;
  /** The figure from the sums; NaN where it is undefined. */
  measure(sums: Float64Array): number;
  /** The sums if every unit were as bad as can be, from what they are. */
  worst(sums: Float64Array): Float64Array;
  /** Whether the figure is a coefficient from -1 to 1, such as alpha. */
  isCoefficient: boolean;
}

export interface Resampling {
  resamples: number;
  seed: number;
}

/**
 * A figure of sums over units with its bootstrap interval: whole families are drawn, since what shares a scenario
 * shares its difficulty. Without resampling (null) there is no interval.
 */
export function estimate(
  contributions: readonly Contribution[],
  { size, measure, worst, isCoefficient }: Figure,
  resampling: Resampling | null,
): Estimate {
  const cases = contributions.map(({ family, cells }) => ({ family, vector: sparseVector(cells) }));
  const population = familyPopulation(size, cases);
  const sums = totalCells(population);
  const value = measure(sums);
  if (Number.isNaN(value)) return { value: null, interval: null };
  if (resampling === null) return { value, interval: null };
  const intervals = bootstrapIntervals(
    population,
    (cells, values) => {
      values[0] = measure(cells);
    },
    [{ index: 0, correlation: isCoefficient }],
    { ...resampling, worst: worst(sums) },
  );
  return { value, interval: intervals.get(0) ?? null };
}
