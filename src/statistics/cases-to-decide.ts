import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';

/** A comparison that has not shown a loss, nor that the loss is below the margin. */
export interface Undecided {
  /** Cases compared. */
  n: number;
  /** Loss seen, in the metric's unit; below 0 for a gain. */
  loss: number;
  /** Standard error of the loss. */
  standardError: number;
  /** Loss that must not be. */
  margin: number;
  /** One-sided level of both tests. */
  alpha: number;
  /** Chance of deciding; 0.8 where absent. */
  power?: number;
}

/**
 * How many more cases would decide, if the loss seen is the true one: either show that it is below
 * the margin, or that there is a loss, whichever takes fewer. Normal approximation.
 *
 * Source: Julious (2004), Stat. Med. 23, 1921-1986, for non-inferiority.
 *
 * @returns whole, 0 where n should already do; null where no number would (no standard error, or
 *   neither a loss nor room below the margin)
 *
 * @example
 * moreCasesToDecide({ n: 400, loss: 0.005, standardError: 0.01, margin: 0.02, alpha: 0.05 }); // 700
 */
export function moreCasesToDecide(undecided: Undecided): number | null {
  const { n, loss, standardError, margin, alpha, power = 0.8 } = undecided;
  const furthest = Math.max(loss, margin - loss);
  if (!(standardError > 0) || !(furthest > 1e-9)) return null;
  const reach = normalQuantile(1 - alpha, 0, 1) + normalQuantile(power, 0, 1);
  return Math.max(0, Math.ceil(n * ((reach * standardError) / furthest) ** 2) - n);
}
