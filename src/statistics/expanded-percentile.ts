import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { ascendingQuantile } from './quantile.ts';
import type { Range } from './range.ts';
import { studentTReach } from './student-t.ts';

/**
 * The bootstrap's percentile interval, with percentiles far enough out to make up for what plain ones miss in
 * small samples: they take the sample's spread for the population's, and know no Student's t. From a hundred
 * cases on the two are the same to a few percent of their width.
 *
 * Source: Hesterberg (2015), Am. Stat. 69, 371-386.
 *
 * @param ascending replicates, in ascending order
 * @param n cases that were resampled
 * @returns null for fewer than two cases or no replicates
 *
 * @example
 * // Percentiles 1.6 and 98.4 for 20 cases, 2.5 and 97.5 for very many.
 * expandedPercentiles(Float64Array.of(1, 2, 3, 4), 20); // { low: 1.047…, high: 3.952… }
 */
export function expandedPercentiles(ascending: Float64Array, n: number, confidence = 0.95): Range | null {
  if (n < 2 || ascending.length === 0) return null;
  const outside = normalCdf(-studentTReach(n - 1, confidence) * Math.sqrt(n / (n - 1)), 0, 1);
  return { low: ascendingQuantile(ascending, outside), high: ascendingQuantile(ascending, 1 - outside) };
}
