/** A bag of terms: term to count, or to weight where a term counts only in part. */
export type Bag = ReadonlyMap<string, number>;

/** The sum of bags, each taken with a factor. */
export function mergeBags(bags: readonly Bag[], factor = 1): Map<string, number> {
  const merged = new Map<string, number>();
  for (const bag of bags) {
    for (const [term, count] of bag) merged.set(term, (merged.get(term) ?? 0) + factor * count);
  }
  return merged;
}

/** The bag scaled to Euclidean length 1; an empty one stays empty. */
export function unitLength(bag: Bag): Bag {
  let squares = 0;
  for (const weight of bag.values()) squares += weight * weight;
  const length = Math.sqrt(squares);
  return length === 0 ? new Map() : new Map([...bag].map(([term, weight]) => [term, weight / length]));
}
