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
import { inertCode, inertText } from './inert-markdown.ts';
import { markdownTable } from './markdown-table.ts';

/** The matrix as GitHub's Markdown: the choice first, then a row a cell, the differences and the other metrics. */
export function renderMatrixMarkdown(matrix: PromptMatrix): string {
  const { suite, cells, cases } = matrix;
  const [choice = '', ...why] = choiceText(matrix).map((line) => inertText(line));
  const blocks = [
    `## Touchstone: ${inertCode(suite)}, ${plural(cells.length, 'cell')}, ${plural(cases, 'case')}`,
    [`**${choice}**`, ...why].join(' '),
    cellTable(matrix),
    pairTable(matrix),
    metricTable(matrix),
    matrixNotes(matrix)
      .map((note) => `- ${inertText(note)}`)
      .join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function cellTable(matrix: PromptMatrix): string {
  const { cells, metrics } = matrix;
  const [by] = metrics;
  if (by === undefined) return '';
  const lines = cells.map((cell) => cellLines(cell, by));
  const names = (lines[0] ?? []).map(([name]) => inertText(name));
  const rows = cells.map((cell, index) => [
    `${index + 1}`,
    inertCode(cell.prompt),
    inertCode(cell.model),
    ...(lines[index] ?? []).map(([, value]) => inertText(value)),
    inertText(standingText(matrix, index)),
  ]);
  return markdownTable(['cell', 'prompt', 'model', ...names, 'what the cases say'], rows);
}

function pairTable(matrix: PromptMatrix): string {
  const [by] = matrix.metrics;
  if (by === undefined) return '';
  const rows = shownPairs(matrix).map(([cell, than]) => {
    const { difference, interval, shown } = pairText(by, cell, than);
    return [`${cell + 1} - ${than + 1}`, difference, interval, inertText(shown)];
  });
  return markdownTable(['pair', inertText(metricTitle(by)), confidenceText(matrix), 'shown'], rows);
}

function metricTable({ metrics, cells }: PromptMatrix): string {
  const rows = metrics.map((by) => {
    const name = measureOf(by.metric);
    const margin = by.margin === null ? 'not looked at' : `margin ${showAmount(name, by.margin)}`;
    return [inertText(metricTitle(by)), ...by.values.map((value) => showMetric(name, value)), margin];
  });
  const heads = cells.map((_cell, index) => inertText(cellName(index)));
  return markdownTable(['metric', ...heads, 'the choice'], rows);
}
