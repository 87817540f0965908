import type { ChalkInstance } from 'chalk';
import type { ConfusionMatrix } from '../../score/scores.ts';
import { hangingLine } from './hanging-line.ts';

/** Columns of text that a matrix may take. */
const WIDTH = 98;
const TOTAL_WIDTH = 5;
const WIDEST_CELL = 9;
const NARROWEST_CELL = 6;
/** Columns of a cell whose class can be told by what is left of its name. */
const READABLE_CELL = 8;
const LONGEST_ROW_NAME = 24;

/**
 * A confusion matrix as text: rows expected, columns given, shaded by the share of the row. Where the columns do not
 * fit, what was given stands behind each class that was expected.
 */
export function renderMatrix(matrix: ConfusionMatrix, chalk: ChalkInstance, columns: number): string[] {
  const width = Math.min(WIDTH, columns);
  const rowWidth = Math.min(LONGEST_ROW_NAME, Math.max(17, ...matrix.rows.map((row) => row.length)));
  const room = Math.floor((width - rowWidth - 1 - TOTAL_WIDTH) / matrix.columns.length);
  const longest = Math.max(...matrix.columns.map((column) => column.length));
  if (width < WIDTH && room < Math.min(READABLE_CELL, longest + 1)) return listRows(matrix, chalk, width);
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

/** A line for each class that was expected, the answers that were given most first. */
function listRows({ rows, columns, counts }: ConfusionMatrix, chalk: ChalkInstance, width: number): string[] {
  const lines = rows.map((row, index) => {
    const given = columns
      .map((column, at) => ({ column, count: counts[index]?.[at] ?? 0 }))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => b.count - a.count);
    const total = given.reduce((sum, { count }) => sum + count, 0);
    const texts = given.map(({ column, count }) => {
      const text = `${column} ${showCount(count)}`;
      return column === row ? chalk.hex('#4a90d9')(text) : text;
    });
    return `${row}, ${showCount(total)}: ${texts.join(', ')}`;
  });
  return [
    chalk.dim('expected, cases: given, the most first'),
    ...lines.flatMap((line) => hangingLine('', line, width).split('\n')),
  ];
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
