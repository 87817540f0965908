import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Range } from './range.ts';

/**
 * Wilson's score interval of a proportion: every share that a score test would not reject. Unlike
 * the Wald interval it keeps its coverage near 0 and 1 and never has width zero.
 *
 * Source: Wilson (1927), J. Am. Stat. Assoc. 22, 209-212; recommended by Brown, Cai and DasGupta
 * (2001), Stat. Sci. 16, 101-133.
 *
 * @param successes from 0 to n; need not be whole (repeats, effective sample sizes)
 * @param n trials; need not be whole
 * @param confidence within (0, 1)
 * @returns ends within [0, 1]; null where n is not positive
 *
 * @example
 * wilsonInterval(8, 10); // { low: 0.490…, high: 0.943… }
 */
export function wilsonInterval(successes: number, n: number, confidence = 0.95): Range | null {
  if (!(n > 0)) return null;
  const z = normalQuantile(1 - (1 - confidence) / 2, 0, 1);
  const share = successes / n;
  const scale = 1 + (z * z) / n;
  const center = (share + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  // Exactly 0 and 1 at the ends, where the formula leaves a rounding error.
  return {
    low: successes <= 0 ? 0 : Math.max(0, center - half),
    high: successes >= n ? 1 : Math.min(1, center + half),
  };
}
