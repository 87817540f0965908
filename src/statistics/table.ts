/**
 * Counts of pairs: row i, column j holds how often the first was i and the second j. Row by row in
 * one array, because resampling reads it millions of times. Counts need not be whole.
 */
export interface Table {
  readonly rows: number;
  readonly columns: number;
  /** `counts[i * columns + j]`. */
  readonly counts: ArrayLike<number>;
}

/**
 * Counts pairs of codes from 0 to `size` - 1.
 *
 * @example
 * tabulate([[0, 0], [0, 1], [1, 1]], 2).counts; // [1, 1, 0, 1]
 */
export function tabulate(pairs: readonly (readonly [number, number])[], size: number): Table {
  const counts = new Float64Array(size * size);
  for (const [a, b] of pairs) counts[a * size + b] = (counts[a * size + b] ?? 0) + 1;
  return { rows: size, columns: size, counts };
}

/** Sum of each row. */
export function rowSums({ rows, columns, counts }: Table): number[] {
  const sums = new Array<number>(rows).fill(0);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += counts[i * columns + j] ?? 0;
    sums[i] = sum;
  }
  return sums;
}

/** Sum of each column. */
export function columnSums({ rows, columns, counts }: Table): number[] {
  const sums = new Array<number>(columns).fill(0);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) sums[j] = (sums[j] ?? 0) + (counts[i * columns + j] ?? 0);
  return sums;
}
