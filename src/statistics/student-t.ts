import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';

/**
 * How many standard errors to either side hold `confidence` of Student's t distribution, which is
 * wider than the normal one because the standard error itself is estimated.
 *
 * @param df degrees of freedom, positive, need not be whole
 * @param confidence within (0, 1)
 * @returns positive
 *
 * @example
 * studentTReach(10, 0.95); // 2.228…
 */
export function studentTReach(df: number, confidence: number): number {
  return reachOutside(df, 1 - confidence);
}

/**
 * How much of Student's t distribution lies above a value: the one-sided p-value of a statistic.
 *
 * @returns within (0, 1)
 *
 * @example
 * studentTTail(1.812, 10); // 0.05
 */
export function studentTTail(t: number, df: number): number {
  // Bisection on the quantile, whose logarithm spans all p-values worth telling apart.
  let [low, high] = [-15, 0];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (reachOutside(df, 10 ** middle) > Math.abs(t)) low = middle;
    else high = middle;
  }
  const tail = 10 ** ((low + high) / 2) / 2;
  return t >= 0 ? tail : 1 - tail;
}

function reachOutside(df: number, outside: number): number {
  const share = betaQuantile(outside, df / 2, 0.5);
  return Math.sqrt((df * (1 - share)) / share);
}
