import type { Range } from './range.ts';

/**
 * A bootstrap interval for a coefficient between -1 and 1 (weighted kappa, rank correlation): its
 * standard error is taken on Fisher's z scale, where it hardly depends on the value, and the ends
 * are turned back. So it is longer towards 0 and never leaves the range.
 *
 * Source: Fisher (1921), Metron 1, 3-32.
 *
 * @param estimate within (-1, 1)
 * @param replicates those at -1 or 1 have no place on the z scale and are left out
 * @param reach standard errors to either side
 * @returns null where fewer than two replicates are left
 */
export function fisherZInterval(estimate: number, replicates: Float64Array, reach: number): Range | null {
  let n = 0;
  let sum = 0;
  let squares = 0;
  for (const value of replicates) {
    if (!(Math.abs(value) < 1 - 1e-9)) continue;
    const z = Math.atanh(value);
    n++;
    sum += z;
    squares += z * z;
  }
  if (n < 2) return null;
  const error = Math.sqrt(Math.max(0, (squares - (sum * sum) / n) / (n - 1)));
  const center = Math.atanh(Math.min(1 - 1e-9, Math.max(-1 + 1e-9, estimate)));
  return { low: Math.tanh(center - reach * error), high: Math.tanh(center + reach * error) };
}
