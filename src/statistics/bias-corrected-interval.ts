import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { ascendingQuantile } from './quantile.ts';
import type { Range } from './range.ts';

/**
 * Efron's bias-corrected bootstrap interval: percentiles of the replicates, moved by how far the
 * estimate lies from the middle of them.
 *
 * Source: Efron (1981), Can. J. Stat. 9, 139-158.
 *
 * @param estimate the statistic of the data itself
 * @param ascending its replicates, in ascending order; not empty
 * @param reach standard errors to either side, 1.96 for 95%; more where few families tell the error
 */
export function biasCorrectedInterval(estimate: number, ascending: Float64Array, reach: number): Range {
  const bias = normalQuantile(shareBelow(ascending, estimate), 0, 1);
  const end = (z: number) => ascendingQuantile(ascending, normalCdf(2 * bias + z, 0, 1));
  return { low: end(-reach), high: end(reach) };
}

/** Share of values below, those equal counting half; never 0 nor 1, which no sample can tell. */
export function shareBelow(ascending: Float64Array, value: number): number {
  let below = 0;
  for (const replicate of ascending) {
    if (replicate > value + 1e-12) break;
    below += replicate < value - 1e-12 ? 1 : 0.5;
  }
  return Math.min(Math.max(below, 0.5), ascending.length - 0.5) / ascending.length;
}
