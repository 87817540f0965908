import { columnSums, rowSums, type Table } from './table.ts';

/**
 * Spearman's rank correlation: Pearson's correlation of midranks, so that ties are fair.
 *
 * Source: Spearman (1904), Am. J. Psychol. 15, 72-101. Computed from the table of counts.
 *
 * @param table rows and columns in ascending order of level
 * @returns within [-1, 1]; null where either side has but one level
 *
 * @example
 * spearman({ rows: 2, columns: 2, counts: [20, 5, 10, 15] }); // 0.408…
 */
export function spearman(table: Table): number | null {
  const byRow = rowSums(table);
  const byColumn = columnSums(table);
  let n = 0;
  for (const count of byRow) n += count;
  const rowRanks = centeredMidranks(byRow, n);
  const columnRanks = centeredMidranks(byColumn, n);
  let covariance = 0;
  for (let i = 0; i < table.rows; i++)
    for (let j = 0; j < table.columns; j++)
      covariance += (table.counts[i * table.columns + j] ?? 0) * (rowRanks[i] ?? 0) * (columnRanks[j] ?? 0);
  const spread = sumOfSquares(byRow, rowRanks) * sumOfSquares(byColumn, columnRanks);
  return spread > 1e-12 * n ** 6 ? covariance / Math.sqrt(spread) : null;
}

function centeredMidranks(marginal: readonly number[], n: number): number[] {
  let below = 0;
  return marginal.map((count) => {
    const midrank = below + count / 2 - n / 2;
    below += count;
    return midrank;
  });
}

function sumOfSquares(counts: readonly number[], ranks: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < ranks.length; i++) sum += (counts[i] ?? 0) * (ranks[i] ?? 0) ** 2;
  return sum;
}
