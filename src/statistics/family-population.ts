import { addTo, type SparseVector, sumOfVectors } from './sparse-vector.ts';

/**
 * Families of cases as resampling sees them: a family is the sum of its cases' vectors, and
 * families with equal vectors are exchangeable, so only how many there are is kept. A matrix over
 * a hundred thousand cases is then a few dozen numbers.
 */
export interface FamilyPopulation {
  /** Length of the dense cells. */
  readonly size: number;
  /** Number of families. */
  readonly families: number;
  /** Distinct vectors, ordered by key, so that the order of cases does not matter. */
  readonly vectors: readonly SparseVector[];
  /** How many families have each vector. */
  readonly multiplicity: readonly number[];
}

/** Groups cases by family, then families by vector. */
export function familyPopulation(
  size: number,
  cases: readonly { readonly family: string; readonly vector: SparseVector }[],
): FamilyPopulation {
  const byFamily = new Map<string, SparseVector[]>();
  for (const { family, vector } of cases) {
    const members = byFamily.get(family);
    if (members === undefined) byFamily.set(family, [vector]);
    else members.push(vector);
  }
  const distinct = new Map<string, { vector: SparseVector; families: number }>();
  for (const members of byFamily.values()) {
    const vector = sumOfVectors(members);
    const known = distinct.get(vector.key);
    if (known === undefined) distinct.set(vector.key, { vector, families: 1 });
    else known.families++;
  }
  const ordered = [...distinct.values()].sort((a, b) => (a.vector.key < b.vector.key ? -1 : 1));
  return {
    size,
    families: byFamily.size,
    vectors: ordered.map(({ vector }) => vector),
    multiplicity: ordered.map(({ families }) => families),
  };
}

/** Sum over all families. */
export function totalCells(population: FamilyPopulation): Float64Array {
  const cells = new Float64Array(population.size);
  for (const [i, vector] of population.vectors.entries())
    addTo(cells, vector, population.multiplicity[i] ?? 0);
  return cells;
}
