/** The few cells that a case, or a family of cases, adds to; all others stay as they are. */
export interface SparseVector {
  /** Equal for equal vectors. */
  readonly key: string;
  readonly cells: readonly number[];
  readonly values: readonly number[];
}

/** Builds a vector from additions to cells; those to the same cell are summed. */
export function sparseVector(additions: Iterable<readonly [cell: number, value: number]>): SparseVector {
  const sums = new Map<number, number>();
  for (const [cell, value] of additions) sums.set(cell, (sums.get(cell) ?? 0) + value);
  const entries = [...sums].filter(([, value]) => value !== 0).sort(([a], [b]) => a - b);
  return {
    key: entries.map(([cell, value]) => `${cell}:${value}`).join(' '),
    cells: entries.map(([cell]) => cell),
    values: entries.map(([, value]) => value),
  };
}

/** Sum of several vectors. */
export function sumOfVectors(vectors: readonly SparseVector[]): SparseVector {
  const [only, ...others] = vectors;
  if (only !== undefined && others.length === 0) return only;
  return sparseVector(
    vectors.flatMap(({ cells, values }) => cells.map((cell, i): [number, number] => [cell, values[i] ?? 0])),
  );
}

/** Adds a vector `times` over to dense cells. */
export function addTo(dense: Float64Array, vector: SparseVector, times: number): void {
  const { cells, values } = vector;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? 0;
    dense[cell] = (dense[cell] ?? 0) + (values[i] ?? 0) * times;
  }
}
