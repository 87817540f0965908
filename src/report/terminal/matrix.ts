import type { ChalkInstance } from 'chalk';
import type { ConfusionMatrix } from '../../score/scores.ts';

/** Columns of text that a matrix may take. */
const WIDTH = 98;
const TOTAL_WIDTH = 5;
const WIDEST_CELL = 9;
const NARROWEST_CELL = 6;
const LONGEST_ROW_NAME = 24;

/** A confusion matrix as text: rows expected, columns given, shaded by the share of the row. */
export function renderMatrix(matrix: ConfusionMatrix, chalk: ChalkInstance): string[] {
  const rowWidth = Math.min(LONGEST_ROW_NAME, Math.max(17, ...matrix.rows.map((row) => row.length)));
  const room = Math.floor((WIDTH - rowWidth - 1 - TOTAL_WIDTH) / matrix.columns.length);
  const cellWidth = Math.max(NARROWEST_CELL, Math.min(WIDEST_CELL, room));
  const cell = (text: string) => `${text.padStart(cellWidth - 1)} `;
  const heads = matrix.columns.map((column) => cell(shorten(column, cellWidth - 1)));
  const header = `${'expected \\ given'.padEnd(rowWidth)} ${heads.join('')}${'total'.padStart(TOTAL_WIDTH)}`;
  const rows = matrix.rows.map((row, index) => {
    const counts = matrix.counts[index] ?? [];
    const total = counts.reduce((sum, count) => sum + count, 0);
    const cells = counts.map((count, column) =>
      shade(cell(showCount(count)), total === 0 ? 0 : count / total, matrix.columns[column] === row, chalk),
    );
    return `${shorten(row, rowWidth).padEnd(rowWidth)} ${cells.join('')}${showCount(total).padStart(TOTAL_WIDTH)}`;
  });
  return [chalk.dim(header), ...rows];
}

/** Counts are fractional where a case was asked several times; a zero is a dot, so that errors stand out. */
function showCount(count: number): string {
  if (count === 0) return '·';
  return Number.isInteger(count) ? String(count) : count.toFixed(1);
}

function shorten(label: string, width: number): string {
  return label.length <= width ? label : `${label.slice(0, width - 1)}…`;
}

/** Right answers in blue, wrong ones in orange: told apart by colour-blind readers too. */
function shade(text: string, share: number, right: boolean, chalk: ChalkInstance): string {
  if (share === 0) return chalk.dim(text);
  const [red, green, blue] = right ? [25, 95, 175] : [190, 95, 15];
  const strength = 0.25 + 0.75 * share;
  return chalk.bgRgb(scale(red, strength), scale(green, strength), scale(blue, strength)).whiteBright(text);
}

function scale(channel: number, strength: number): number {
  return Math.round(channel * strength);
}
