import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Discordant } from './mcnemar.ts';
import type { Range } from './range.ts';

/**
 * Tango's score test that a loss in accuracy is smaller than a margin, for two runs on the same
 * independent cases. It asks how often so small a loss would be seen were the true one as large as
 * the margin; unlike a Wald test it holds its level even where nothing is discordant.
 *
 * Source: Tango (1998), Stat. Med. 17, 891-908.
 *
 * @param n cases, concordant ones included
 * @param margin the loss that must not be, within (0, 1)
 * @returns one-sided p-value; small where the loss is shown to be smaller; 1 for no cases
 *
 * @example
 * tangoLossAtLeast({ baselineOnly: 4, candidateOnly: 4 }, 400, 0.02); // 0.0124…
 */
export function tangoLossAtLeast(discordant: Discordant, n: number, margin: number): number {
  return n > 0 ? normalCdf(score(discordant, n, margin), 0, 1) : 1;
}

/**
 * Tango's score interval of the difference in accuracy, candidate minus baseline.
 *
 * @returns ends within [-1, 1]; null for no cases
 *
 * @example
 * tangoInterval({ baselineOnly: 14, candidateOnly: 5 }, 400); // { low: -0.0470…, high: -0.0012… }
 */
export function tangoInterval(discordant: Discordant, n: number, confidence = 0.95): Range | null {
  if (!(n > 0)) return null;
  const reach = normalQuantile(1 - (1 - confidence) / 2, 0, 1);
  // The score falls as the supposed loss grows.
  const lossAt = (target: number) => {
    let [low, high] = [-1, 1];
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if (score(discordant, n, middle) > target) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  return { low: -lossAt(-reach), high: -lossAt(reach) };
}

/** Observed minus supposed loss, by its standard error if the supposed one were true. */
function score({ baselineOnly, candidateOnly }: Discordant, n: number, loss: number): number {
  const a = 2 * n;
  const b = -baselineOnly - candidateOnly + (2 * n - baselineOnly + candidateOnly) * loss;
  const c = -candidateOnly * loss * (1 - loss);
  const candidateShare = Math.max(0, (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a));
  const variance = n * (2 * candidateShare + loss * (1 - loss));
  const distance = baselineOnly - candidateOnly - n * loss;
  if (variance > 0) return distance / Math.sqrt(variance);
  return distance === 0 ? 0 : Math.sign(distance) * Number.POSITIVE_INFINITY;
}
