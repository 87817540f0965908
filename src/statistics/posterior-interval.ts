import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import type { Range } from './range.ts';

/** Successes, and failures, taken as seen before the first trial. */
const PRIOR = 2 / 3;

/**
 * The middle of the posterior of a proportion under a Beta(2/3, 2/3) prior: an interval for where several
 * proportions make up a figure and successes are few. It lies between Jeffreys', whose prior is Beta(1/2, 1/2),
 * and Bayes' and Laplace's with Beta(1, 1).
 *
 * The prior was chosen by simulating what is made of it, see `stratifiedPrevalence`. Over 48 settings 95%
 * intervals covered 93.5-97.8%, with Wilson's 92.0-98.9% and with Jeffreys' 93.7-97.0%. In five designs at a
 * prevalence of 2.9% they covered 95.4-96.3%, with Wilson's 95.3-96.6% and with Jeffreys' 94.8-97.0%.
 *
 * Source: Brown, Cai and DasGupta (2001), Stat. Sci. 16, 101-133 (Jeffreys' interval and the ends at 0 and n).
 *
 * @param successes from 0 to n; need not be whole
 * @param n trials; need not be whole
 * @param confidence within (0, 1)
 * @returns ends within [0, 1], the low one 0 without successes, the high one 1 without failures; null where
 *   n is not positive
 *
 * @example
 * posteriorInterval(1, 200); // { low: 0.0007…, high: 0.0245… }
 */
export function posteriorInterval(successes: number, n: number, confidence = 0.95): Range | null {
  if (!(n > 0)) return null;
  const tail = (1 - confidence) / 2;
  const [a, b] = [successes + PRIOR, n - successes + PRIOR];
  return {
    low: successes <= 0 ? 0 : betaQuantile(tail, a, b),
    high: successes >= n ? 1 : betaQuantile(1 - tail, a, b),
  };
}
