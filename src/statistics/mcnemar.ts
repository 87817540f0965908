import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import binomialLogpmf from '@stdlib/stats-base-dists-binomial-logpmf';

/** Cases on which exactly one of two runs was right. The others say nothing about which is better. */
export interface Discordant {
  baselineOnly: number;
  candidateOnly: number;
}

/**
 * McNemar's exact test, two-sided: how often chance alone would split the discordant cases at
 * least this unevenly, were both runs equally accurate.
 *
 * Source: McNemar (1947), Psychometrika 12, 153-157; binomial form.
 *
 * @returns a p-value within (0, 1]; 1 where nothing is discordant
 *
 * @example
 * mcnemarTwoSided({ baselineOnly: 5, candidateOnly: 0 }); // 0.0625
 */
export function mcnemarTwoSided({ baselineOnly, candidateOnly }: Discordant): number {
  const smaller = Math.min(baselineOnly, candidateOnly);
  return Math.min(1, 2 * binomialCdf(smaller, baselineOnly + candidateOnly, 0.5));
}

/**
 * McNemar's exact test against one alternative, "the candidate is worse": how often at least this
 * many of the discordant cases would have gone to the baseline by chance.
 *
 * @returns a p-value within (0, 1]; 1 where nothing is discordant
 *
 * @example
 * mcnemarCandidateWorse({ baselineOnly: 5, candidateOnly: 0 }); // 0.03125
 */
export function mcnemarCandidateWorse({ baselineOnly, candidateOnly }: Discordant): number {
  return binomialCdf(candidateOnly, baselineOnly + candidateOnly, 0.5);
}

/**
 * McNemar's test with the mid-p correction, two-sided: half of the observed outcome's probability
 * is taken off. Less conservative than the exact test, and seldom above its nominal level.
 *
 * Source: Fagerland, Lydersen and Laake (2013), BMC Med. Res. Methodol. 13, 91.
 *
 * @returns a p-value within (0, 1]; 1 where nothing is discordant
 *
 * @example
 * mcnemarMidP({ baselineOnly: 5, candidateOnly: 0 }); // 0.03125
 */
export function mcnemarMidP({ baselineOnly, candidateOnly }: Discordant): number {
  if (baselineOnly === candidateOnly) return 1;
  const n = baselineOnly + candidateOnly;
  const smaller = Math.min(baselineOnly, candidateOnly);
  return 2 * binomialCdf(smaller, n, 0.5) - Math.exp(binomialLogpmf(smaller, n, 0.5));
}
