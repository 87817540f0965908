import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import type { Range } from './range.ts';

/**
 * Clopper and Pearson's exact interval of a proportion: coverage is never below the confidence
 * asked for, at the price of being wider than Wilson's.
 *
 * Source: Clopper and Pearson (1934), Biometrika 26, 404-413; ends as beta quantiles.
 *
 * @param successes whole, from 0 to n
 * @param n whole number of trials
 * @param confidence within (0, 1)
 * @returns ends within [0, 1]; null where n is not positive
 *
 * @example
 * clopperPearsonInterval(0, 10); // { low: 0, high: 0.308… }
 */
export function clopperPearsonInterval(successes: number, n: number, confidence = 0.95): Range | null {
  if (!(n > 0)) return null;
  const tail = (1 - confidence) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, successes, n - successes + 1),
    high: successes === n ? 1 : betaQuantile(1 - tail, successes + 1, n - successes),
  };
}
