import { ruleName } from '../judge/verdict.ts';
import { measureOf, plural, showAmount, showChange, showInterval, showMetric } from '../score/metric-text.ts';
import type { CellFigures } from './cell-figures.ts';
import { type ComparedMetric, isShownWorse } from './compare-cells.ts';
import { metricTitle } from './matrix-metrics.ts';
import type { MatrixCell, PromptMatrix } from './prompt-matrix.ts';

/** `95% for all 6 pairs together (Bonferroni)`. */
export function confidenceText({ alpha, pairs }: Pick<PromptMatrix, 'alpha' | 'pairs'>): string {
  const together = pairs === 1 ? '' : ` for all ${pairs} pairs together (Bonferroni)`;
  return `${Number(((1 - alpha) * 100).toFixed(2))}%${together}`;
}

/** `#1` for the first cell. */
export function cellName(index: number): string {
  return `#${index + 1}`;
}

/** What is said of one cell, in the order in which it is shown: a name and a value each. */
export function cellLines(
  { score, figures }: MatrixCell,
  by: ComparedMetric,
): [name: string, value: string][] {
  const name = measureOf(by.metric);
  const { invalid, refused, failed } = figures.unusable;
  return [
    [metricTitle(by), `${showMetric(name, score.value)}${showInterval(name, score.interval)}`],
    ['unusable answers', `${invalid + refused + failed} of ${figures.answers.toLocaleString('en')}`],
    ['cost of 1,000 conversations', showCost(figures.usdPer1000)],
    ['latency, median and p95', showLatency(figures.latencyMs)],
    ['tokens in a call', showTokens(figures.inputTokens)],
  ];
}

function showCost(usd: number | null): string {
  if (usd === null) return '?';
  return usd === 0 ? 'free' : `US$${usd.toFixed(usd >= 1 ? 2 : 4)}`;
}

/** `, at US$1.20 for 1,000 conversations`; nothing where it is free. */
function atPrice(usd: number | null): string {
  if (usd === 0) return '';
  return usd === null ? ', at a price that is not known' : `, at ${showCost(usd)} for 1,000 conversations`;
}

function showLatency(latency: CellFigures['latencyMs']): string {
  return latency === null ? 'n/a' : `${showTime(latency.median)}, ${showTime(latency.p95)}`;
}

function showTime(milliseconds: number): string {
  if (milliseconds < 1) return 'under 1 ms';
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function showTokens(tokens: number | null): string {
  return tokens === null ? 'n/a' : Math.round(tokens).toLocaleString('en');
}

/** A difference between two cells: `+6.1 points`, ` (2.0 to 10.4)`, and which is shown better, if any. */
export interface PairText {
  pair: string;
  difference: string;
  interval: string;
  shown: string;
}

/** A cell beside another by one metric. */
export function pairText(by: ComparedMetric, cell: number, than: number): PairText {
  const found = by.against[cell]?.[than];
  const name = measureOf(by.metric);
  const better = isShownWorse(by, cell, than) ? than : isShownWorse(by, than, cell) ? cell : null;
  return {
    pair: `${cellName(cell)} - ${cellName(than)}`,
    difference: showChange(name, found?.baseline ?? null, found?.candidate ?? null) || 'n/a',
    interval: showInterval(name, found?.interval ?? null).trim(),
    shown: better === null ? '' : `${cellName(better)} better`,
  };
}

/** Cells above which only the pairs with the best and with the first are shown. */
const MOST_CELLS_PAIRED = 6;

/** The pairs that a table shows, later cells beside earlier ones: all of six cells or fewer. */
export function shownPairs({
  cells,
  best,
}: Pick<PromptMatrix, 'cells' | 'best'>): [cell: number, than: number][] {
  const pairs = cells.flatMap((_cell, than) =>
    cells.slice(than + 1).map((_later, at): [number, number] => [than + 1 + at, than]),
  );
  if (cells.length <= MOST_CELLS_PAIRED) return pairs;
  return pairs.filter((pair) => pair.includes(0) || (best !== null && pair.includes(best)));
}

/** What the cases say of each cell, as a clause. */
export function standingText(matrix: PromptMatrix, cell: number): string {
  const standing = matrix.choice.standings[cell];
  if (standing === 'breaks-rule') {
    const broken = (matrix.cells[cell]?.breaks ?? []).map(
      ({ rule, because }) => `${ruleName(rule)}: ${countOf(because)}`,
    );
    return `breaks a rule: ${broken.join('; ')}`;
  }
  if (standing === 'undecided') return 'undecided: it may lose the margin or more to another';
  const losses = lossesText(matrix, cell);
  if (standing === 'worse') return `shown ${losses}, perhaps by the margin or more`;
  return `shown to lose less than the margin to any other${losses === '' ? '' : `, though ${losses}`}`;
}

/** `worse than #1, #3 in accuracy of primary`, of metrics that the choice looks at; empty for none. */
function lossesText({ metrics, cells }: PromptMatrix, cell: number): string {
  const losses = metrics.flatMap((by) => {
    if (by.margin === null) return [];
    const better = [...cells.keys()].filter((other) => other !== cell && isShownWorse(by, cell, other));
    return better.length === 0 ? [] : [`than ${better.map(cellName).join(', ')} in ${metricTitle(by)}`];
  });
  return losses.length === 0 ? '' : `worse ${losses.join(' and ')}`;
}

/** The finding without the ids that follow a colon. */
function countOf(because: string): string {
  return because.split(':')[0] ?? because;
}

/** Which cell to choose and why, or that none can be; sentences. */
export function choiceText(matrix: PromptMatrix): string[] {
  const { choice, cells, best } = matrix;
  const { cell, standings, need } = choice;
  const chosen = cell === null ? undefined : cells[cell];
  if (cell === null || chosen === undefined) return noChoiceText(matrix);
  const fit = cells.filter((_cell, index) => standings[index] === 'fit');
  const usd = chosen.figures.usdPer1000;
  const isCheapest = fit.filter(({ figures }) => figures.usdPer1000 === usd).length === 1;
  const shown = `shown to lose less than ${marginsText(matrix)} to any other`;
  const lines = [
    `Choose ${cellName(cell)}: ${chosen.prompt} with ${chosen.model}.`,
    fit.length === 1
      ? `The only cell ${shown}.`
      : `One of ${fit.length} cells ${shown}; ${isCheapest ? 'the cheapest of them' : 'none of them is cheaper'}.`,
  ];
  const leader = best === null ? undefined : cells[best];
  if (best !== null && leader !== undefined && leader.score.value !== chosen.score.value) {
    const [by] = matrix.metrics;
    const value = by === undefined ? '' : `, ${showMetric(measureOf(by.metric), leader.score.value)}`;
    lines.push(`${cellName(best)} has the best estimate${value}${atPrice(leader.figures.usdPer1000)}.`);
  }
  if (need !== null)
    lines.push(`${cellName(need.cell)} would go before it but is undecided: ${needText(matrix)}.`);
  return lines;
}

function noChoiceText(matrix: PromptMatrix): string[] {
  const { standings, need } = matrix.choice;
  if (!standings.includes('undecided')) {
    return [
      'No choice: each is shown worse than another in something, or breaks a rule. Weigh them yourself.',
    ];
  }
  const more = need === null ? 'no number of cases like these would' : needText(matrix);
  return [`No choice: ${plural(matrix.cases, 'case')} cannot tell; ${more}.`];
}

/** `about 120 more cases would tell whether #2 loses 3.0 points to #1 in accuracy of primary`. */
function needText({ choice: { need }, metrics }: PromptMatrix): string {
  if (need === null) return '';
  const by = metrics.find((each) => metricTitle(each) === need.metric);
  const margin = by === undefined ? 'the margin' : showAmount(measureOf(by.metric), by.margin ?? 0);
  // Few by the normal approximation, which so few cases that differ do not bear.
  const more = need.cases < 10 ? 'a few more cases' : `about ${plural(need.cases, 'more case')}`;
  return `${more} would tell whether ${cellName(need.cell)} loses ${margin} or more to ${cellName(need.against)} in ${need.metric}`;
}

/** `3.0 points in accuracy of primary and 0.030 in Jaccard index of topics`. */
function marginsText({ metrics }: PromptMatrix): string {
  const margins = metrics.flatMap((by) =>
    by.margin === null ? [] : [`${showAmount(measureOf(by.metric), by.margin)} in ${metricTitle(by)}`],
  );
  return new Intl.ListFormat('en').format(margins);
}

/** What a reader must know to read the figures right. */
export function matrixNotes(matrix: PromptMatrix): string[] {
  const { cells, selection, unmeasured, alpha, level } = matrix;
  const notes: string[] = [];
  if (cells.some(({ model }) => model === 'embedded'))
    notes.push('embedded is a floor, not a judge: it matches words and reads nothing.');
  if (selection !== null) {
    const limit = selection.limit === null ? null : `first ${selection.limit}`;
    const parts = [selection.filter, limit].filter((part) => part !== null);
    notes.push(`only part of the suite: ${parts.join(', ')}`);
  }
  const failed = cells.reduce((sum, { figures }) => sum + figures.unusable.failed, 0);
  if (failed > 0)
    notes.push(`${plural(failed, 'answer')} failed and count as wrong; the same command asks again`);
  for (const [index, { figures }] of cells.entries()) {
    if (figures.batched > 0)
      notes.push(
        `${cellName(index)}: ${figures.batched} of ${figures.answers} answers came in batches, at their price and without a latency`,
      );
    for (const { rule, because } of matrix.cells[index]?.breaks ?? [])
      if (rule.rule === 'must_pass') notes.push(`${cellName(index)}: ${ruleName(rule)}: ${countOf(because)}`);
  }
  if (cells.some(({ figures }) => figures.latencyMs !== null && figures.usdPer1000 !== 0))
    notes.push('latency is as it was here, waiting for the rate limit included');
  if (unmeasured.length > 0) notes.push(`no case says anything of ${unmeasured.join(', ')}`);
  notes.push(
    `A choice must be shown to lose less than the margin to each other cell, in each metric that has one (one-sided, level ${Number(level.toPrecision(2))} a cell, ${alpha} in all), so the best is not picked first from the same cases.`,
  );
  return notes;
}
