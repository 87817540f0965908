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
  const share = betaQuantile(1 - confidence, df / 2, 0.5);
  return Math.sqrt((df * (1 - share)) / share);
}
