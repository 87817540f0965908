import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { biasCorrectedInterval, shareBelow } from './bias-corrected-interval.ts';
import { type FamilyPopulation, totalCells } from './family-population.ts';
import { leaveOneOut, type Measure } from './leave-one-out.ts';
import { seededRandom } from './random.ts';
import type { Range } from './range.ts';
import { resample } from './resample.ts';
import { studentTReach, studentTTail } from './student-t.ts';

export interface PairedBootstrap {
  /** Candidate's gain over the baseline, in the metric's unit; below 0 for a loss. */
  gain: number;
  standardError: number;
  interval: Range;
  /** One-sided p-value of "the loss is at least the margin": small where it is shown to be smaller. */
  lossAtLeastMargin: number;
}

/**
 * Bootstrap of a paired difference by family: bias-corrected percentiles, with
 * Student's reach for the degrees of freedom that few changed families leave. The
 * p-value is the level at which the interval's lower end would just touch minus the margin, so
 * interval and test never disagree.
 *
 * @param population of paired cases, see `pairedPopulation`
 * @param gain writes the candidate's gain at position 0
 * @param margin the loss that must not be, above 0
 * @returns null where the gain is undefined, here or in most resamples, or where no family tells the
 *   runs apart: resampling then sees no uncertainty
 */
export function pairedBootstrap(
  population: FamilyPopulation,
  gain: Measure,
  margin: number,
  { resamples, seed, confidence = 0.95 }: { resamples: number; seed: number; confidence?: number },
): PairedBootstrap | null {
  const value = new Float64Array(1);
  gain(totalCells(population), value);
  const estimate = value[0] ?? Number.NaN;
  const replicates = new Float64Array(resamples);
  resample(population, resamples, seededRandom(seed), (cells, at) => {
    gain(cells, value);
    replicates[at] = value[0] ?? Number.NaN;
  });
  const [influence] = leaveOneOut(population, gain, [0]);
  const ascending = replicates.filter((replicate) => !Number.isNaN(replicate)).sort();
  if (Number.isNaN(estimate) || ascending.length * 2 <= resamples) return null;
  if (influence === undefined || !(influence.standardError > 0)) return null;

  const { df, standardError } = influence;
  const inflation = Math.sqrt(population.families / Math.max(1, population.families - 1));
  const interval = biasCorrectedInterval(estimate, ascending, studentTReach(df, confidence) * inflation);
  const bias = normalQuantile(shareBelow(ascending, estimate), 0, 1);
  const reach = 2 * bias - normalQuantile(shareBelow(ascending, -margin), 0, 1);
  return {
    gain: estimate,
    standardError,
    interval: { low: Math.min(interval.low, estimate), high: Math.max(interval.high, estimate) },
    lossAtLeastMargin: studentTTail(reach / inflation, df),
  };
}

/**
 * The smallest loss that a one-sided test shows with the power asked for, by the normal
 * approximation: for metrics that are no share of cases.
 *
 * @returns positive, in the unit of the standard error; null where that is 0
 *
 * @example
 * normalVisibleLoss(0.01, 0.05); // 0.0248…
 */
export function normalVisibleLoss(standardError: number, alpha: number, power = 0.8): number | null {
  if (!(standardError > 0)) return null;
  return standardError * (normalQuantile(1 - alpha, 0, 1) + normalQuantile(power, 0, 1));
}
