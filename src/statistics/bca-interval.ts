import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { ascendingQuantile } from './quantile.ts';
import type { Range } from './range.ts';

/**
 * Efron's bias-corrected and accelerated bootstrap interval: percentiles of the replicates, moved
 * to make up for the estimate's bias and for a standard error that changes with the value.
 *
 * Source: Efron (1987), J. Am. Stat. Assoc. 82, 171-185.
 *
 * @param estimate the statistic of the data itself
 * @param ascending its replicates, in ascending order; not empty
 * @param acceleration from leaving out one family at a time
 * @param reach standard errors to either side, 1.96 for 95%; more where few families tell the error
 */
export function bcaInterval(
  estimate: number,
  ascending: Float64Array,
  acceleration: number,
  reach: number,
): Range {
  const n = ascending.length;
  let below = 0;
  for (const value of ascending) {
    if (value > estimate + 1e-12) break;
    below += value < estimate - 1e-12 ? 1 : 0.5;
  }
  const bias = normalQuantile(Math.min(Math.max(below, 0.5), n - 0.5) / n, 0, 1);
  const end = (z: number) => {
    const share = normalCdf(bias + (bias + z) / (1 - acceleration * (bias + z)), 0, 1);
    return ascendingQuantile(ascending, share);
  };
  return { low: end(-reach), high: end(reach) };
}
