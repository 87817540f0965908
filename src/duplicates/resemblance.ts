/**
 * How alike two texts are: the share that their common shingles have in all shingles of both, from 0 to 1. Two
 * texts without shingles are alike (1).
 *
 * Source: Broder (1997), "On the resemblance and containment of documents": resemblance.
 *
 * @param a as `shinglesOf` gives them; `b` likewise
 */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  const common = commonShingles(a, b);
  const all = a.length + b.length - common;
  return all === 0 ? 1 : common / all;
}

/**
 * The share of `a`'s shingles that `b` has too, from 0 to 1: near 1 where `b` holds the text of `a`, however much
 * else it holds. 0 where `a` has none.
 *
 * Source: Broder (1997): containment.
 */
export function containment(a: Uint32Array, b: Uint32Array): number {
  return a.length === 0 ? 0 : commonShingles(a, b) / a.length;
}

function commonShingles(a: Uint32Array, b: Uint32Array): number {
  let common = 0;
  for (let atA = 0, atB = 0; atA < a.length && atB < b.length; ) {
    const difference = (a[atA] ?? 0) - (b[atB] ?? 0);
    if (difference === 0) common += 1;
    if (difference <= 0) atA += 1;
    if (difference >= 0) atB += 1;
  }
  return common;
}
