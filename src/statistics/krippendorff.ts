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

/**
 * How far the votes of one unit are apart: the sum of the distances of all ordered pairs, over the votes less one. The
 * sum of it over units is what `alphaFromSums` wants.
 *
 * @param codes the classes that were voted for, two or more
 * @param distances of any two classes, 0 for equal ones, symmetric
 */
export function disagreementWithin(
  codes: readonly number[],
  distances: readonly ArrayLike<number>[],
): number {
  let within = 0;
  for (const [i, a] of codes.entries())
    for (const b of codes.slice(i + 1)) within += 2 * (distances[a]?.[b] ?? 0);
  return within / (codes.length - 1);
}

/**
 * Alpha from sums over units with two votes or more, as it can be resampled.
 *
 * @param disagreement sum of `disagreementWithin`
 * @param totals how often each class was given
 * @returns NaN where no disagreement is possible
 */
export function alphaFromSums(
  disagreement: number,
  totals: ArrayLike<number>,
  distances: readonly ArrayLike<number>[],
): number {
  let n = 0;
  let expected = 0;
  for (const [a, row] of distances.entries()) {
    const total = totals[a] ?? 0;
    if (total === 0) continue;
    n += total;
    for (let b = 0; b < row.length; b++) expected += total * (totals[b] ?? 0) * (row[b] ?? 0);
  }
  return expected > 0 ? 1 - (disagreement * (n - 1)) / expected : Number.NaN;
}

function alpha(
  units: readonly (readonly number[])[],
  values: readonly number[],
  distance: (a: number, b: number) => number,
): number | null {
  const codes = new Map(values.map((value, code) => [value, code]));
  const distances = values.map((a) => values.map((b) => distance(a, b)));
  const totals = new Float64Array(values.length);
  let disagreement = 0;
  for (const votes of units) {
    if (votes.length < 2) continue;
    const coded = votes.map((vote) => codes.get(vote) ?? 0);
    for (const code of coded) totals[code] = (totals[code] ?? 0) + 1;
    disagreement += disagreementWithin(coded, distances);
  }
  const found = alphaFromSums(disagreement, totals, distances);
  return Number.isNaN(found) ? null : found;
}
