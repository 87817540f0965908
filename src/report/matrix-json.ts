import { isShownWorse } from '../matrix/compare-cells.ts';
import type { PromptMatrix } from '../matrix/prompt-matrix.ts';
import { safeJson } from './terminal/safe-text.ts';

/** The whole matrix for programs, every pair by every metric in it. Cells are numbered from 1, as on a terminal. */
export function matrixJson(matrix: PromptMatrix): string {
  const { cells, metrics, choice, best, ...rest } = matrix;
  const { standings, cell, need } = choice;
  return `${safeJson({
    touchstone: 'comparison',
    version: 1,
    ...rest,
    best: best === null ? null : best + 1,
    cells: cells.map((each, index) => ({
      cell: index + 1,
      ...each,
      standing: standings[index],
      metrics: metrics.map(({ metric, where, values }) => ({ metric, where, value: values[index] ?? null })),
    })),
    pairs: metrics.flatMap((by) =>
      by.against.flatMap((row, index) =>
        row.flatMap((found, against) => {
          if (found === null) return [];
          const { metric, where, margin } = by;
          const { difference, interval, worse, n, families, discordant } = found;
          return [
            {
              cell: index + 1,
              against: against + 1,
              metric,
              where,
              n,
              families,
              difference,
              interval,
              discordant,
              worse,
              isShownWorse: isShownWorse(by, index, against),
              margin,
              // Without a margin there was nothing to test.
              lossAtLeastMargin: margin === null ? null : found.lossAtLeastMargin,
              moreCases: margin === null ? null : found.moreCases,
            },
          ];
        }),
      ),
    ),
    choice: {
      cell: cell === null ? null : cell + 1,
      need: need && { ...need, cell: need.cell + 1, against: need.against + 1 },
    },
  })}\n`;
}
