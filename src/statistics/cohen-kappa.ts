import { columnSums, rowSums, type Table } from './table.ts';

/**
 * Cohen's kappa: agreement between two raters (or labels and predictions) beyond what their
 * marginals alone would give. 1: full; 0: as by chance; at worst -1. With weights, a disagreement
 * costs its distance in levels (`linear`) or the square of it (`quadratic`).
 *
 * Source: Cohen (1960), Educ. Psychol. Meas. 20, 37-46; (1968), Psychol. Bull. 70, 213-220.
 *
 * @param table rows and columns stand for the same categories, in order where there are weights;
 *   a further row or column is a category that the other rater never used
 * @returns within [-1, 1]; null where no disagreement is possible (one category throughout, or no
 *   cases: 0/0)
 *
 * @example
 * cohenKappa({ rows: 2, columns: 2, counts: [20, 5, 10, 15] }); // 0.4
 */
export function cohenKappa(table: Table, weights: 'none' | 'linear' | 'quadratic' = 'none'): number | null {
  const byRow = rowSums(table);
  const byColumn = columnSums(table);
  const { rows, columns, counts } = table;
  let n = 0;
  let observed = 0;
  let expected = 0;
  for (let i = 0; i < rows; i++) {
    const row = byRow[i] ?? 0;
    n += row;
    if (row === 0) continue;
    for (let j = 0; j < columns; j++) {
      const apart = i > j ? i - j : j - i;
      const cost = weights === 'quadratic' ? apart * apart : weights === 'linear' ? apart : apart > 0 ? 1 : 0;
      observed += cost * (counts[i * columns + j] ?? 0);
      expected += cost * row * (byColumn[j] ?? 0);
    }
  }
  return expected > 0 ? 1 - (observed * n) / expected : null;
}
