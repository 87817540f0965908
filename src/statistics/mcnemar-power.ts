import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import binomialLogpmf from '@stdlib/stats-base-dists-binomial-logpmf';

/** What a planned comparison on the same cases looks like. */
export interface PairedPlan {
  /** Cases; with clusters, the effective number (cases / design effect). */
  n: number;
  /** Share of cases on which exactly one run is right, within [0, 1]. */
  discordant: number;
  /** How much accuracy falls, within [0, discordant]. */
  drop: number;
  /** One-sided level. */
  alpha: number;
}

/**
 * Exact power of McNemar's exact one-sided test: the chance that a fall in accuracy of `drop` is
 * found significant. Sums over how many cases turn out discordant, and over how these split.
 *
 * @returns within [0, 1]; 0 where there are no cases; NaN where drop is above discordant, which
 *   cannot be
 *
 * @example
 * mcnemarPower({ n: 420, discordant: 0.08, drop: 0.04, alpha: 0.05 }); // 0.8838…
 */
export function mcnemarPower({ n, discordant, drop, alpha }: PairedPlan): number {
  if (drop > discordant + 1e-12) return Number.NaN;
  const cases = Math.floor(n);
  const lossShare = discordant === 0 ? 0.5 : Math.min(1, (discordant + drop) / (2 * discordant));
  const [first, last] = likelyRange(cases, discordant);
  let power = 0;
  // The largest number of wins that is still significant grows by at most one per discordant case.
  let wins = -1;
  for (let m = 0; m <= last; m++) {
    while (wins + 1 <= m && binomialCdf(wins + 1, m, 0.5) <= alpha) wins++;
    while (wins >= 0 && binomialCdf(wins, m, 0.5) > alpha) wins--;
    if (wins < 0 || m < first) continue;
    power += probability(m, cases, discordant) * binomialCdf(wins, m, 1 - lossShare);
  }
  return Math.min(1, power);
}

function probability(successes: number, n: number, p: number): number {
  if (p === 0) return successes === 0 ? 1 : 0;
  if (p === 1) return successes === n ? 1 : 0;
  return Math.exp(binomialLogpmf(successes, n, p));
}

/** Counts outside have less than 1e-18 of the probability together (Bernstein's bound). */
function likelyRange(n: number, p: number): [number, number] {
  const reach = 10 * Math.sqrt(n * p * (1 - p)) + 40;
  return [Math.max(0, Math.floor(n * p - reach)), Math.min(n, Math.ceil(n * p + reach))];
}
