import { fitsIn } from './fold-lines.ts';
import { hangingLine } from './hanging-line.ts';
import { plainTable } from './plain-table.ts';

/** From here on a table is as it is, whether it fits or not. */
const WIDE = 96;

/**
 * A table without borders where it fits. Where the terminal is too narrow, a row is its first cell and below it the others,
 * each with its column's name.
 *
 * @param columns that the table may take
 * @example ['rule: accuracy of color', '  cases: 36; sees: 4.5 points']
 */
export function narrowTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): string[] {
  const table = plainTable(head, rows);
  return fitsAll(table, columns) ? table : rows.flatMap((row) => stacked(head, row, columns));
}

/** Whether lines may stand as they are: they fit, or there is as much room as a terminal is asked for. */
export function fitsAll(lines: readonly string[], columns: number): boolean {
  return columns >= WIDE || lines.every((line) => fitsIn(line, columns));
}

function stacked(
  head: readonly string[],
  [first = '', ...rest]: readonly string[],
  columns: number,
): string[] {
  const named = (cell: string, column: number) => {
    const name = (head[column] ?? '').replaceAll('\n', ' ').trim();
    const value = cell.replaceAll('\n', ' ').trim();
    return name === '' || value === '' ? value : `${name}: ${value}`;
  };
  const facts = rest.map((cell, index) => named(cell, index + 1)).filter((fact) => fact !== '');
  const below = facts.length === 0 ? [] : hangingLine('  ', facts.join('; '), columns).split('\n');
  return [...hangingLine('', named(first, 0), columns).split('\n'), ...below];
}
