import { columnSums, rowSums, type Table } from './table.ts';

/**
 * Kendall's tau-b: how much more often two orderings agree than disagree about which of two cases
 * is higher, with ties taken out of the denominator.
 *
 * Source: Kendall (1945), Biometrika 33, 239-251. Computed from the table of counts, in time
 * proportional to its cells.
 *
 * @param table rows and columns in ascending order of level
 * @returns within [-1, 1]; null where either ordering has but one level
 *
 * @example
 * kendallTauB({ rows: 2, columns: 2, counts: [20, 5, 10, 15] }); // 0.408…
 */
export function kendallTauB(table: Table): number | null {
  const { rows, columns, counts } = table;
  const byRow = rowSums(table);
  const byColumn = columnSums(table);
  const above = new Array<number>(columns).fill(0);
  let n = 0;
  let surplus = 0;
  for (let i = 0; i < rows; i++) {
    n += byRow[i] ?? 0;
    let left = 0;
    let right = 0;
    for (const count of above) right += count;
    for (let j = 0; j < columns; j++) {
      right -= above[j] ?? 0;
      surplus += (counts[i * columns + j] ?? 0) * (left - right);
      left += above[j] ?? 0;
    }
    for (let j = 0; j < columns; j++) above[j] = (above[j] ?? 0) + (counts[i * columns + j] ?? 0);
  }
  const untied = untiedPairs(byRow, n) * untiedPairs(byColumn, n);
  return untied > 1e-12 * n ** 4 ? surplus / Math.sqrt(untied) : null;
}

function untiedPairs(marginal: readonly number[], n: number): number {
  let tied = 0;
  for (const count of marginal) tied += count * count;
  return (n * n - tied) / 2;
}
