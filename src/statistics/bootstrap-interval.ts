import { biasCorrectedInterval } from './bias-corrected-interval.ts';
import { type FamilyPopulation, totalCells } from './family-population.ts';
import { fisherZInterval } from './fisher-z-interval.ts';
import { leaveOneOut, type Measure } from './leave-one-out.ts';
import { seededRandom } from './random.ts';
import type { Range } from './range.ts';
import { resample } from './resample.ts';
import { studentTReach } from './student-t.ts';
import { wilsonInterval } from './wilson.ts';

/** A statistic that is to have an interval. */
export interface Wanted {
  /** Where the measure writes it. */
  readonly index: number;
  /** Whether it is a coefficient between -1 and 1 whose error shrinks towards the ends. */
  readonly correlation: boolean;
}

export interface BootstrapOptions {
  resamples: number;
  seed: number;
  confidence?: number;
  /** The cells if every case had gone as badly as it can: what errors not yet seen would look like. */
  worst: Float64Array;
}

/**
 * Bootstrap intervals of statistics of summed cells, by resampling whole families once for all.
 *
 * Percentiles corrected for bias, reaching as far as Student's t with families - 1 degrees of
 * freedom; for correlations, the standard error on Fisher's z scale, with the degrees of freedom
 * that the families' influence leaves, since a few far-off answers carry most of the error.
 *
 * Coverage of 95% intervals, measured on 2,000 samples and more of n = 100 and 400, alone and in
 * families of one to four that share their fate half of the time. Macro F1 and kappa of 3 to 7 classes
 * of 8% and more: 93.9-96.5%, where BCa gave up to 97.0 and plain percentiles as low as 91.7.
 * Quadratic kappa of 5 levels: 94.2-96.0, where percentiles gave 90.2 and BCa 90.3 at the lowest. Below
 * 93.5 only at n = 100 in 40 families: macro F1 with classes of 5% (92.5) and quadratic kappa with 1% of
 * unusable answers, each as far off as can be (92.9).
 *
 * Where no resample differs from the data (every case right), resampling sees no uncertainty. The
 * interval then reaches to what the cases would give with as many worst ones among them as Wilson's
 * interval allows when none of so many was seen.
 *
 * @returns by index; null where the statistic is undefined in most resamples
 */
export function bootstrapIntervals(
  population: FamilyPopulation,
  measure: Measure,
  wanted: readonly Wanted[],
  { resamples, seed, confidence = 0.95, worst }: BootstrapOptions,
): Map<number, Range | null> {
  if (wanted.length === 0 || population.families === 0) return new Map();
  const indices = wanted.map(({ index }) => index);
  const values = new Float64Array(Math.max(...indices) + 1);
  const replicates = wanted.map(() => new Float64Array(resamples));
  resample(population, resamples, seededRandom(seed), (cells, at) => {
    measure(cells, values);
    for (let i = 0; i < indices.length; i++) {
      const column = replicates[i];
      if (column !== undefined) column[at] = values[indices[i] ?? 0] ?? Number.NaN;
    }
  });

  const estimates = measured(measure, totalCells(population), values.length);
  const contaminated = measured(measure, withUnseenErrors(population, worst, confidence), values.length);
  const influences = leaveOneOut(population, measure, indices);
  const intervals = wanted.map(({ index, correlation }, i): [number, Range | null] => {
    const defined = (replicates[i] ?? values).filter((value) => !Number.isNaN(value));
    const estimate = estimates[index] ?? Number.NaN;
    if (defined.length * 2 <= resamples || Number.isNaN(estimate)) return [index, null];
    if (defined.every((value) => Math.abs(value - estimate) < 1e-12))
      return [index, including(estimate, contaminated[index] ?? Number.NaN)];
    const { families } = population;
    const reach = (df: number) =>
      studentTReach(df, confidence) * Math.sqrt(families / Math.max(1, families - 1));
    const range = correlation
      ? fisherZInterval(estimate, defined, reach(influences[i]?.df ?? 4))
      : biasCorrectedInterval(estimate, defined.sort(), reach(Math.max(1, families - 1)));
    if (range === null) return [index, null];
    return [index, { low: Math.min(range.low, estimate), high: Math.max(range.high, estimate) }];
  });
  return new Map(intervals);
}

function withUnseenErrors(
  population: FamilyPopulation,
  worst: Float64Array,
  confidence: number,
): Float64Array {
  const unseen = 1 - (wilsonInterval(population.families, population.families, confidence)?.low ?? 0);
  return totalCells(population).map((count, cell) => (1 - unseen) * count + unseen * (worst[cell] ?? 0));
}

function measured(measure: Measure, cells: Float64Array, size: number): Float64Array {
  const values = new Float64Array(size);
  measure(cells, values);
  return values;
}

function including(estimate: number, other: number): Range {
  if (Number.isNaN(other)) return { low: estimate, high: estimate };
  return { low: Math.min(estimate, other), high: Math.max(estimate, other) };
}
