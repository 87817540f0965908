import { stripVTControlCharacters } from 'node:util';
import type { ChalkInstance } from 'chalk';
import wrapAnsi from 'wrap-ansi';
import type {
  MetricEffect,
  PartEffect,
  PartRuling,
  PromptTokens,
  SuiteAblation,
} from '../../ablate/ablation.ts';
import type { PromptPart } from '../../ablate/prompt-parts.ts';
import { sliceName } from '../../judge/verdict.ts';
import { measureOf, nameMetric, plural, showAmount, showMetric } from '../../score/metric-text.ts';
import { plainTable } from './plain-table.ts';
import { safeText } from './safe-text.ts';

/** What is drawn on: styles, and columns of text. */
interface Screen {
  chalk: ChalkInstance;
  columns: number;
}

/** Columns of a table that are readable side by side; on less they are stacked. */
const WIDE = 90;
/** Columns that nothing goes beyond, however wide the terminal. */
const LONGEST = 100;
/** Columns of `-12.3 (-15.1 to -9.4) *` or its like and the space after it. */
const CHANGE = 28;
/** Columns that the name of a part has at least. */
const SHORTEST_NAME = 14;

/** The parts of a prompt by name. */
export function renderParts(
  suite: string,
  prompt: string,
  parts: readonly Pick<PromptPart, 'name' | 'lines'>[],
  { chalk, columns }: Screen,
): string {
  const rows = parts.map((part) => [safeText(part.name), linesOf(part)]);
  const table = fittedTable(['part', 'lines'], rows, Math.min(columns, LONGEST));
  return `${chalk.bold.underline(suite)}  ${safeText(prompt)}\n${table.join('\n')}\n\n`;
}

/** Everything there is to see of one suite's ablation, within the columns. */
export function renderAblation(ablation: SuiteAblation, terminal: Screen): string {
  const { chalk } = terminal;
  const screen = { chalk, columns: Math.min(terminal.columns, LONGEST) };
  const wrap = (text: string) => wrapAnsi(text, screen.columns);
  const changing = ablation.parts.filter(({ ruling }) => ruling !== 'changes nothing');
  const head = `${safeText(ablation.model)}, ${plural(ablation.cases, 'case')}, ${plural(ablation.parts.length, 'part')} of ${safeText(ablation.prompt)}`;
  const lines = [
    wrap(`${chalk.bold.underline(ablation.suite)}  ${head}, ${askedIn(ablation)}`),
    ...notes(ablation).map((note) => chalk.dim(wrap(note))),
  ];
  if (changing.length > 0) lines.push('', ...effects(ablation, changing, screen));
  return `${[...lines, '', ...closing(ablation).map((line) => wrap(line))].join('\n')}\n\n`;
}

function askedIn({ asked, usd }: SuiteAblation): string {
  if (asked === 0) return 'nothing asked: every answer was recorded';
  return `${plural(asked, 'question')} asked${usd === null || usd === 0 ? '' : ` for US$${usd.toFixed(4)}`}`;
}

function notes({ model, selection, unusable, tokens, alpha, tests }: SuiteAblation): string[] {
  return [
    ...(model === 'embedded'
      ? [
          'embedded is a floor, not a judge: it matches words and reads a prompt its own way. What it makes nothing of may matter to a model.',
        ]
      : []),
    ...(selection === null ? [] : [`only part of the suite: ${safeText(selection)}`]),
    ...(unusable === 0 ? [] : [`without a usable answer, counted as wrong: ${unusable}`]),
    ...(tokens.isCounted ? [] : ['tokens are estimated: a token is taken to be four bytes.']),
    `Each part was taken out by itself; a change is without it minus with it, with its 95% interval. earns and harms (*): shown at ${alpha}, two-sided, Holm's adjustment for ${plural(tests, 'comparison')} included. no effect shown: every metric moved by less than its margin, shown at ${alpha} without adjustment. flips: cases that break (-) and are fixed (+) without it.`,
  ];
}

function effects(ablation: SuiteAblation, parts: readonly PartEffect[], screen: Screen): string[] {
  const { chalk, columns } = screen;
  const [headline, ...others] = parts[0]?.metrics ?? [];
  if (headline === undefined) return [];
  const value = showMetric(measureOf(headline.metric), headline.before);
  const lines = [chalk.bold(`${titleOf(headline)}, ${value} with every part`)];
  const table = columns < WIDE ? stacked : wide;
  lines.push(...table(ablation, parts, screen));
  const together = Math.max(1, Math.floor((columns - SHORTEST_NAME - 10) / CHANGE));
  for (let from = 0; from < others.length; from += together) {
    const shown = others.slice(from, from + together);
    const rows = parts.map((effect) => [
      safeText(effect.part.name),
      ...shown.map((metric) => changeCell(find(effect, metric)).join(' ')),
    ]);
    const titles = shown.map((metric) => wrapAnsi(titleOf(metric), CHANGE - 3));
    lines.push('', ...fittedTable(['part', ...titles], rows, columns));
  }
  return lines;
}

function wide(
  { tokens, headline }: SuiteAblation,
  parts: readonly PartEffect[],
  { chalk, columns }: Screen,
): string[] {
  const rows = parts.map((effect) => [
    safeText(effect.part.name),
    linesOf(effect.part),
    effect.tokens.toLocaleString('en'),
    changeCell(effect.metrics[0]).join(' '),
    flipsOf(effect, headline),
    paint(effect.ruling, chalk),
  ]);
  return fittedTable(['part', 'lines', tokensHead(tokens), 'change', 'flips', 'ruling'], rows, columns);
}

/** Two lines a part, for narrow terminals. */
function stacked(
  { tokens, headline }: SuiteAblation,
  parts: readonly PartEffect[],
  { chalk, columns }: Screen,
): string[] {
  const rows = parts.map((effect) => [
    `${safeText(effect.part.name)}, ${linesOf(effect.part)}`,
    effect.tokens.toLocaleString('en'),
    changeCell(effect.metrics[0]).join('\n'),
    `${paint(effect.ruling, chalk)}\n${flipsOf(effect, headline)}`,
  ]);
  return fittedTable(['part, lines', tokensHead(tokens), 'change', 'ruling,\nflips'], rows, columns);
}

function tokensHead({ isCounted }: PromptTokens): string {
  return isCounted ? 'tokens' : 'about\ntokens';
}

/** A table whose first column is wrapped to what the others leave. */
function fittedTable(head: readonly string[], rows: readonly string[][], columns: number): string[] {
  const widthOf = (cell: string) =>
    Math.max(...cell.split('\n').map((line) => stripVTControlCharacters(line).length));
  const others = head
    .slice(1)
    .map((title, index) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row[index + 1] ?? ''))));
  const room = columns - others.reduce((sum, width) => sum + width + 2, 2);
  const wrapped = rows.map(([first = '', ...rest]) => [
    wrapAnsi(first, Math.max(SHORTEST_NAME, room), { hard: true }),
    ...rest,
  ]);
  return plainTable(head, wrapped);
}

/** Which parts do what, a sentence each. */
function closing({ suite, parts, tokens }: SuiteAblation): string[] {
  const of = (ruling: PartRuling) => parts.filter((effect) => effect.ruling === ruling);
  const count = (ruling: PartRuling, [one, several]: readonly [string, string]) => {
    const found = of(ruling);
    if (found.length === 0) return [];
    return [
      `${suite}: ${plural(found.length, 'part')} ${found.length === 1 ? one : several}: ${namesOf(found)}`,
    ];
  };
  const idle = of('changes nothing');
  const approximately = tokens.isCounted ? '' : 'about ';
  const total = `${approximately}${outermostTokens(idle).toLocaleString('en')} tokens of ${tokens.total.toLocaleString('en')}`;
  const verb = idle.length === 1 ? 'changes' : 'change';
  return [
    ...count('earns', ['earns its tokens', 'earn their tokens']),
    ...count('harms', ['harms', 'harm']),
    ...count('mixed', ['helps one metric and harms another', 'help one metric and harm another']),
    idle.length === 0
      ? `${suite}: every part changes some answer.`
      : `${suite}: ${plural(idle.length, 'part')} (${total}) ${verb} nothing: ${namesOf(idle)}`,
  ];
}

/** Tokens of parts that lie within others are counted once. */
function outermostTokens(effects: readonly PartEffect[]): number {
  const isWithin = (a: PartEffect, b: PartEffect) =>
    a !== b && a.part.lines.first >= b.part.lines.first && a.part.lines.last <= b.part.lines.last;
  const outermost = effects.filter((each, index) => {
    return !effects.some((other, at) => isWithin(each, other) && !(isWithin(other, each) && index < at));
  });
  return outermost.reduce((sum, each) => sum + each.tokens, 0);
}

function namesOf(effects: readonly PartEffect[]): string {
  return `${effects.map(({ part }) => safeText(part.name)).join('; ')}.`;
}

function find({ metrics }: PartEffect, wanted: MetricEffect): MetricEffect | undefined {
  return metrics.find((metric) => titleOf(metric) === titleOf(wanted));
}

function titleOf({ metric, where, better }: MetricEffect): string {
  const slice = where === null ? '' : ` in ${safeText(sliceName(where))}`;
  return `${nameMetric(metric)}${slice}${better === 'lower' ? ' (lower is better)' : ''}`;
}

/** `-12.3`, and `(-15.1 to -9.4) *`. */
function changeCell(effect: MetricEffect | undefined): [change: string, interval: string] {
  if (effect === undefined || effect.difference === null) return ['n/a', ''];
  const measure = measureOf(effect.metric);
  const signed = (value: number) => {
    const amount = showAmount(measure, value).replace(' points', '');
    return Number(amount) === 0 ? '0' : `${value < 0 ? '-' : '+'}${amount}`;
  };
  const isShown = effect.shown === 'worse' || effect.shown === 'better';
  const range =
    effect.interval === null ? '' : `(${signed(effect.interval.low)} to ${signed(effect.interval.high)})`;
  return [signed(effect.difference), `${range}${isShown ? ' *' : ''}`];
}

/** `-12 +3`: cases of the headline's field that only the whole prompt, and only the shorter one, gets right. */
function flipsOf({ flips }: PartEffect, headline: string): string {
  const { broken = 0, fixed = 0 } = flips[headline.split('.')[0] ?? ''] ?? {};
  return `-${broken} +${fixed}`;
}

function linesOf({ lines: { first, last } }: Pick<PromptPart, 'lines'>): string {
  return first === last ? String(first) : `${first}-${last}`;
}

function paint(ruling: PartRuling, chalk: ChalkInstance): string {
  if (ruling === 'earns') return chalk.hex('#4a90d9')(ruling);
  return ruling === 'harms' || ruling === 'mixed' ? chalk.hex('#d98324').bold(ruling) : ruling;
}
