/**
 * Holm's step-down adjustment: p-values that may each be held against alpha while the chance of
 * even one false alarm among all of them stays at most alpha. Assumes nothing of their dependence,
 * and is never weaker than Bonferroni's.
 *
 * Source: Holm (1979), Scand. J. Stat. 6, 65-70.
 *
 * @param pValues each within [0, 1]
 * @returns adjusted p-values in the order given, each at most 1; empty for none
 *
 * @example
 * holm([0.01, 0.04, 0.03]); // [0.03, 0.06, 0.06]
 */
export function holm(pValues: readonly number[]): number[] {
  const ascending = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  for (const [rank, { p, index }] of ascending.entries()) {
    largest = Math.max(largest, Math.min(1, p * (pValues.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}
