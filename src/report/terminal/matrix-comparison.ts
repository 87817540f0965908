import type { ChalkInstance } from 'chalk';
import wrapAnsi from 'wrap-ansi';
import { isShownWorse } from '../../matrix/compare-cells.ts';
import { metricTitle } from '../../matrix/matrix-metrics.ts';
import {
  cellLines,
  cellName,
  choiceText,
  confidenceText,
  matrixNotes,
  pairText,
  shownPairs,
  standingText,
} from '../../matrix/matrix-text.ts';
import type { PromptMatrix } from '../../matrix/prompt-matrix.ts';
import { measureOf, plural, showAmount, showMetric } from '../../score/metric-text.ts';
import { narrowTable } from './narrow-table.ts';
import { plainTable } from './plain-table.ts';
import { safeText } from './safe-text.ts';

/** Columns below which cells stand one under the other, and columns of text at most. */
const NARROW = 80;
const WIDEST = 100;

/** The matrix, the differences, what other metrics say and the choice, within the columns of the terminal. */
export function renderMatrixComparison(matrix: PromptMatrix, columns: number, chalk: ChalkInstance): string {
  const width = Math.min(columns, WIDEST) - 1;
  const { suite, cases, conversations, repeats } = matrix;
  const of = conversations === cases ? '' : ` of ${plural(conversations, 'conversation')}`;
  const asked = repeats > 1 ? ` x ${repeats} repeats` : '';
  const lines = [
    `${chalk.bold.underline(safeText(suite))}  ${plural(matrix.cells.length, 'cell')}, ${plural(cases, 'case')}${of}${asked}`,
    '',
    ...renderCells(matrix, width, chalk),
    '',
    ...renderPairs(matrix, width, chalk),
    '',
    ...renderMetrics(matrix, width, chalk),
    '',
    chalk.bold('what the cases say of each'),
    ...matrix.cells.map((_cell, index) =>
      wrapped(`  ${cellName(index)} ${safeText(standingText(matrix, index))}`, width),
    ),
    '',
    ...matrixNotes(matrix).map((note) => chalk.dim(wrapped(safeText(note), width))),
    '',
    ...choiceText(matrix).map((line, index) => {
      const text = wrapped(safeText(line), width);
      return index === 0 ? chalk.bold(text) : text;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

/** Prompts as rows and models as columns, where they fit; else cell by cell. */
function renderCells(matrix: PromptMatrix, width: number, chalk: ChalkInstance): string[] {
  const table = width + 1 < NARROW ? null : wideCells(matrix);
  return table !== null && fits(table, width) ? table : narrowCells(matrix, width, chalk);
}

function wideCells({ cells, metrics: [by] }: PromptMatrix): string[] {
  const models = [...new Set(cells.map(({ model }) => model))];
  const prompts = [...new Set(cells.map(({ prompt }) => prompt))];
  if (by === undefined) return [];
  const rows = prompts.flatMap((prompt) => {
    const own = [...cells.entries()].filter(([, cell]) => cell.prompt === prompt);
    const values = own.map(([, cell]) => cellLines(cell, by));
    const names = (values[0] ?? []).map(([name]) => name);
    return [
      [safeText(prompt), ...own.map(([index]) => cellName(index))],
      ...names.map((name, row) => [`  ${name}`, ...values.map((lines) => lines[row]?.[1] ?? '')]),
    ];
  });
  return plainTable(['', ...models.map(safeText)], rows);
}

function narrowCells({ cells, metrics: [by] }: PromptMatrix, width: number, chalk: ChalkInstance): string[] {
  if (by === undefined) return [];
  return cells.flatMap((cell, index) => [
    chalk.bold(wrapped(`${cellName(index)} ${safeText(cell.prompt)} with ${safeText(cell.model)}`, width)),
    ...cellLines(cell, by).map(([name, value]) => wrapped(`  ${name}: ${value}`, width)),
  ]);
}

function renderPairs(matrix: PromptMatrix, width: number, chalk: ChalkInstance): string[] {
  const [by] = matrix.metrics;
  if (by === undefined) return [];
  const pairs = shownPairs(matrix);
  const left = matrix.pairs - pairs.length;
  const of = left === 0 ? '' : `; ${left} pairs without the best and the first are in --json`;
  const texts = pairs.map(([cell, than]) => pairText(by, cell, than));
  const table = narrowTable(
    ['pair', 'difference', 'interval', 'shown'],
    texts.map(({ pair, difference, interval, shown }) => [pair, difference, interval, shown]),
    width - 2,
  );
  return [
    wrapped(`${chalk.bold('differences')} in ${metricTitle(by)}, ${confidenceText(matrix)}${of}`, width),
    ...table.map((line) => `  ${line}`),
  ];
}

/** Every metric of every cell; `*` marks one that is shown worse than another cell's. */
function renderMetrics(matrix: PromptMatrix, width: number, chalk: ChalkInstance): string[] {
  const { metrics, cells } = matrix;
  const rows = metrics.map((by) => {
    const name = measureOf(by.metric);
    const margin = by.margin === null ? 'not looked at' : `margin ${showAmount(name, by.margin)}`;
    const values = by.values.map((value, cell) => {
      const isWorse = cells.some((_cell, other) => other !== cell && isShownWorse(by, cell, other));
      return `${showMetric(name, value)}${isWorse ? '*' : ''}`;
    });
    return { title: metricTitle(by), margin, values };
  });
  const table = plainTable(
    ['', ...cells.map((_cell, index) => cellName(index)), 'the choice'],
    rows.map(({ title, margin, values }) => [`  ${title}`, ...values, margin]),
  );
  const listed = rows.map(({ title, margin, values }) =>
    wrapped(
      `  ${title} (${margin}): ${values.map((value, index) => `${cellName(index)} ${value}`).join(', ')}`,
      width,
    ),
  );
  const legend = chalk.dim('  * shown worse than another');
  const isMarked = rows.some(({ values }) => values.some((value) => value.endsWith('*')));
  return [chalk.bold('metrics'), ...(fits(table, width) ? table : listed), ...(isMarked ? [legend] : [])];
}

function fits(lines: readonly string[], width: number): boolean {
  return lines.every((line) => line.length <= width);
}

/** What does not fit goes on below, three columns further in. */
function wrapped(line: string, width: number): string {
  return wrapAnsi(line, width - 3, { trim: false, hard: true }).replaceAll(/ *\n */g, '\n   ');
}
