import { mcnemarPower } from './mcnemar-power.ts';

/** What a comparison on the same cases would be, but for what is asked. */
export interface Planned {
  /** Share of cases on which exactly one run is right; taken as the drop where that is larger. */
  discordant: number;
  /** One-sided level. */
  alpha: number;
  /** Chance of seeing the drop; 0.8 where absent. */
  power?: number;
  /** Cases by effective cases, at least 1; 1 where absent. */
  designEffect?: number;
}

/**
 * The smallest fall in accuracy that McNemar's exact one-sided test on n cases finds with the power
 * asked for.
 *
 * @returns within (0, 1], to 0.0001; null where not even a fall to nothing would be seen
 *
 * @example
 * smallestVisibleDrop(420, { discordant: 0.08, alpha: 0.05 }); // 0.0356…
 */
export function smallestVisibleDrop(n: number, planned: Planned): number | null {
  const target = planned.power ?? 0.8;
  const reaches = (drop: number) => powerOf(n, drop, planned) >= target;
  if (!reaches(1)) return null;
  let [low, high] = [0, 1];
  while (high - low > 0.0001) {
    const middle = (low + high) / 2;
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * How many cases McNemar's exact one-sided test needs to find a fall in accuracy with the power
 * asked for. Exact power rises in a saw-tooth; this is where it has passed the target, within one
 * tooth.
 *
 * @param drop within (0, 1]
 * @returns whole number of cases; null where a hundred million would not do
 *
 * @example
 * casesNeeded(0.05, { discordant: 0.15, alpha: 0.05 }); // 398
 */
export function casesNeeded(drop: number, planned: Planned): number | null {
  const target = planned.power ?? 0.8;
  let high = 8;
  while (powerOf(high, drop, planned) < target) {
    high *= 2;
    if (high > 1e8) return null;
  }
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (powerOf(middle, drop, planned) >= target) high = middle;
    else low = middle;
  }
  return high;
}

function powerOf(n: number, drop: number, { discordant, alpha, designEffect = 1 }: Planned): number {
  return mcnemarPower({ n: n / designEffect, discordant: Math.max(discordant, drop), drop, alpha });
}
