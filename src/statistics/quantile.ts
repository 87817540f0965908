/**
 * A quantile of values in ascending order, linear between neighbours (type 7 of Hyndman and Fan).
 *
 * Source: Hyndman and Fan (1996), Am. Stat. 50, 361-365.
 *
 * @param share clipped to [0, 1]
 * @returns NaN where there are no values
 *
 * @example
 * ascendingQuantile(Float64Array.of(1, 2, 4), 0.75); // 3
 */
export function ascendingQuantile(ascending: Float64Array, share: number): number {
  const place = Math.min(1, Math.max(0, share)) * (ascending.length - 1);
  const below = Math.floor(place);
  const a = ascending[below] ?? Number.NaN;
  const b = ascending[below + 1] ?? a;
  return a + (b - a) * (place - below);
}
