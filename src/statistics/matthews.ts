import { columnSums, rowSums, type Table } from './table.ts';

/**
 * Matthews' correlation coefficient for any number of classes (Gorodkin's R_K): the correlation of
 * labels and predictions, which uses every cell of the confusion matrix. 1: perfect; 0: no better
 * than chance.
 *
 * Source: Gorodkin (2004), Comput. Biol. Chem. 28, 367-374; as in scikit-learn.
 *
 * @param table rows and columns stand for the same classes, in the same order; a further column is
 *   an answer that is no class
 * @returns within [-1, 1]; 0 where labels or predictions are all of one class, as in scikit-learn;
 *   null for no cases
 *
 * @example
 * matthewsCorrelation({ rows: 2, columns: 2, counts: [20, 5, 10, 15] }); // 0.408…
 */
export function matthewsCorrelation(table: Table): number | null {
  const byRow = rowSums(table);
  const byColumn = columnSums(table);
  let n = 0;
  let correct = 0;
  let both = 0;
  let rowSquares = 0;
  let columnSquares = 0;
  for (let i = 0; i < table.rows; i++) {
    const row = byRow[i] ?? 0;
    n += row;
    rowSquares += row * row;
    both += row * (byColumn[i] ?? 0);
    if (i < table.columns) correct += table.counts[i * table.columns + i] ?? 0;
  }
  for (const column of byColumn) columnSquares += column * column;
  if (n === 0) return null;
  const spread = (n * n - rowSquares) * (n * n - columnSquares);
  // Fractional counts leave a rounding error where the exact value is zero.
  return spread > 1e-12 * n ** 4 ? (correct * n - both) / Math.sqrt(spread) : 0;
}
