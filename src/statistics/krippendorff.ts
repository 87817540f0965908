/**
 * Krippendorff's alpha for unordered labels: agreement among any number of annotators, beyond what
 * chance would give. 1: all agree; 0: as by chance; below 0: they disagree systematically.
 * Annotators may be missing; a unit with fewer than two votes says nothing and is left out.
 *
 * Source: Krippendorff (2011), "Computing Krippendorff's alpha-reliability".
 *
 * @param units each unit's votes, in any order
 * @returns at most 1; null where nothing can be compared, or where only one label was ever given
 *   (0/0: no variation, so no evidence of reliability)
 *
 * @example
 * krippendorffNominal([['a', 'a'], ['b', 'b'], ['a', 'b']]); // 0.444…
 */
export function krippendorffNominal(units: readonly (readonly (string | number)[])[]): number | null {
  const codes = new Map<string | number, number>();
  for (const vote of units.flat()) if (!codes.has(vote)) codes.set(vote, codes.size);
  const coded = units.map((votes) => votes.map((vote) => codes.get(vote) ?? 0));
  return alpha(coded, [...codes.values()], (a, b) => (a === b ? 0 : 1));
}

/**
 * Krippendorff's alpha for votes on a scale whose steps can be compared: a disagreement weighs as
 * the square of its distance.
 *
 * @param units each unit's votes as values on the scale
 * @returns as `krippendorffNominal`
 *
 * @example
 * krippendorffInterval([[0, 0], [4, 4], [0, 1]]); // 0.957…
 */
export function krippendorffInterval(units: readonly (readonly number[])[]): number | null {
  return alpha(units, [...new Set(units.flat())], (a, b) => (a - b) ** 2);
}

function alpha(
  units: readonly (readonly number[])[],
  values: readonly number[],
  distance: (a: number, b: number) => number,
): number | null {
  const pairable = units.filter((votes) => votes.length > 1);
  const total = new Map<number, number>();
  let n = 0;
  let observed = 0;
  for (const votes of pairable) {
    n += votes.length;
    let within = 0;
    for (const [i, a] of votes.entries()) {
      total.set(a, (total.get(a) ?? 0) + 1);
      for (const b of votes.slice(i + 1)) within += 2 * distance(a, b);
    }
    observed += within / (votes.length - 1);
  }
  let expected = 0;
  for (const a of values)
    for (const b of values) expected += (total.get(a) ?? 0) * (total.get(b) ?? 0) * distance(a, b);
  return expected > 0 ? 1 - (observed * (n - 1)) / expected : null;
}
