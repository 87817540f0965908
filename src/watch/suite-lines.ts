import { stripVTControlCharacters } from 'node:util';
import type { ChalkInstance } from 'chalk';
import type { Ruling } from '../judge/verdict.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import type { ReviewItem } from '../review/review-items.ts';
import { measureOf, nameMetric, plural, showChange, showInterval, showMetric } from '../score/metric-text.ts';
import type { MetricRow } from './metric-rows.ts';
import type { SuiteResult, SuiteStatus, WatchedSuite } from './watch-state.ts';

const BLUE = '#4a90d9';
const ORANGE = '#d98324';

/** Columns by which what is continued on another line goes further in. */
export const HANGING = 2;

/** One line for each suite: where it stands, the headline, flips; less of it where there is no room. */
export function suiteRow(
  { name, status, result }: WatchedSuite,
  isFocused: boolean,
  columns: number,
  chalk: ChalkInstance,
): string {
  const marker = isFocused ? chalk.bold('>') : ' ';
  const isOld = isOfRunBefore(status) && status.kind !== 'failed';
  const stands = statusText(status, result, chalk);
  const texts = (result === null ? [[]] : resultFacts(result)).map((facts) =>
    [safeText(name), stands, ...facts].join('  '),
  );
  const text = texts.find((each) => widthOf(each) + 2 <= columns) ?? texts.at(-1) ?? '';
  return `${marker} ${isOld ? chalk.dim(text) : text}`;
}

/** All that is known of one suite: metrics with intervals, the verdict, flips; or what is wrong with its files. */
export function suiteLines(
  { name, status, result }: WatchedSuite,
  columns: number,
  chalk: ChalkInstance,
): string[] {
  const head = problemLines(status, chalk);
  if (result === null) return [chalk.bold.underline(safeText(name)), ...head];
  const title = `${chalk.bold.underline(safeText(name))}  ${safeText(result.model)}, prompt ${result.prompt}, ${result.answered} of ${plural(result.total, 'case')}`;
  const body = [
    ...metricLines(result, columns, chalk),
    ...verdictLines(status, result, chalk),
    ...flipSection(result, columns, chalk),
  ];
  if (!isOfRunBefore(status)) return [title, ...head, ...body];
  const old = body.map((line) => chalk.dim(line));
  if (status.kind === 'starting') return [title, ...old];
  return [title, ...head, '', chalk.dim('the last result there was:'), ...old];
}

/** A flipped case: a text for each field that flipped, shorter where the columns do not hold all of it. */
export function flipLines({ record, flips }: ReviewItem, columns: number, chalk: ChalkInstance): string[] {
  return flips.map(({ field, change, expected, before, now }) => {
    const paint = chalk.hex(change === 'broken' ? ORANGE : BLUE);
    const id = safeText(record.id);
    const said = safeText(`${field}: expected ${expected}, was ${before}, now ${now}`);
    // A broken answer was as expected before, a fixed one is so now.
    const short = safeText(`${field}: ${before} → ${now}`);
    const room = columns - 'broken '.length - id.length - 2;
    return `${paint(change.padEnd(6))} ${id}  ${said.length <= room ? said : short}`;
  });
}

/** Whether what is shown of a suite with this status is of an earlier run. */
function isOfRunBefore({ kind }: SuiteStatus): boolean {
  return kind === 'starting' || kind === 'broken' || kind === 'failed' || kind === 'gone';
}

function widthOf(styled: string): number {
  return stripVTControlCharacters(styled).length;
}

/** `held`, `regressed`, … as the screen and the log say where a suite stands. */
function statusText(status: SuiteStatus, result: SuiteResult | null, chalk: ChalkInstance): string {
  switch (status.kind) {
    case 'starting':
      return 'starting';
    case 'asking':
      return result === null ? 'starting' : `asking ${result.answered} of ${result.total}`;
    case 'agreement':
      return 'waits for your yes';
    case 'broken':
      return `${plural(status.problems.length, 'problem')} in its files`;
    case 'failed':
      return 'not complete';
    case 'gone':
      return 'its file is gone';
    case 'waiting':
      return 'waiting';
    case 'complete':
    case 'stopped':
      return result?.verdict == null ? 'judging' : paintRuling(result.verdict.ruling, chalk);
  }
}

/** What to say of a result, the fullest first. */
function resultFacts({ rows: [headline], flips }: SuiteResult): string[][] {
  const changed = flips === null ? [] : [countFlips(flips)];
  if (headline === undefined) return [changed];
  return [
    [metricText(headline), ...changed],
    [metricText({ ...headline, interval: null }), ...changed],
    changed,
  ];
}

/** `3 broken, 1 fixed`, in cases. */
export function countFlips(flips: readonly ReviewItem[]): string {
  const broken = flips.filter((item) => item.flips.some(({ change }) => change === 'broken')).length;
  return `${broken} broken, ${flips.length - broken} fixed`;
}

/** `accuracy of primary 81.2% (77.1 to 84.9)`. */
export function metricText({ metric, now, interval }: MetricRow): string {
  const measure = measureOf(metric);
  const value = now === null ? '' : ` ${showMetric(measure, now)}`;
  return `${safeText(nameMetric(metric))}${value}${showInterval(measure, interval)}`;
}

function problemLines(status: SuiteStatus, chalk: ChalkInstance): string[] {
  const paint = chalk.hex(ORANGE);
  if (status.kind === 'broken') return ['', ...status.problems.map((problem) => paint(safeText(problem)))];
  if (status.kind === 'failed') return ['', paint(safeText(status.reason))];
  if (status.kind === 'gone') return ['', paint('the suite has no file any more')];
  return status.kind === 'agreement' ? ['', chalk.bold(safeText(status.question))] : [];
}

/** A line a metric, or two where they do not fit. */
function metricLines(
  { rows, flips, answered, total }: SuiteResult,
  columns: number,
  chalk: ChalkInstance,
): string[] {
  const cells = rows.map(({ metric, before, now, interval }) => {
    const measure = measureOf(metric);
    const value = `${now === null ? '' : showMetric(measure, now)}${showInterval(measure, interval)}`.trim();
    const shown = value === '' ? 'not known until all are answered' : value;
    return { name: safeText(nameMetric(metric)), shown, change: showChange(measure, before, now) };
  });
  const nameWidth = Math.max(26, ...cells.map(({ name }) => name.length));
  const shownWidth = Math.max(24, ...cells.map(({ shown }) => shown.length));
  const wide = cells.map(({ name, shown, change }) =>
    `  ${name.padEnd(nameWidth)} ${shown.padEnd(shownWidth)} ${change}`.trimEnd(),
  );
  const stacked = cells.flatMap(({ name, shown, change }) => [
    `  ${name}`,
    `    ${shown.padEnd(shownWidth)} ${change}`.trimEnd(),
  ]);
  const lines = wide.every((line) => line.length <= columns) ? wide : stacked;
  const rest = total - answered;
  const basis = flips === null ? `${rest} to come` : `with accepted answers for the ${rest} to come`;
  const note = `  ${basis}; intervals hold whatever they will be`;
  return ['', ...lines, ...(answered < total ? [chalk.dim(note)] : [])];
}

function verdictLines(
  status: SuiteStatus,
  { verdict, answered, total }: SuiteResult,
  chalk: ChalkInstance,
): string[] {
  const stopped =
    status.kind === 'stopped'
      ? [`stopped after ${answered} of ${total}: the verdict cannot change; r runs all`]
      : [];
  if (verdict === null) return stopped.length === 0 ? [] : ['', ...stopped];
  // The sentence begins with the suite's name and the ruling, which stand here already.
  const sentence = safeText(verdict.sentence).replace(/^[^:]*: /, '');
  const { ruling } = verdict;
  const rest = sentence.startsWith(ruling) ? sentence.slice(ruling.length) : `  ${sentence}`;
  return ['', ...stopped, `${paintRuling(ruling, chalk)}${rest}`];
}

function flipSection({ flips }: SuiteResult, columns: number, chalk: ChalkInstance): string[] {
  if (flips === null) return ['', chalk.dim('no baseline yet: a accepts a complete run')];
  if (flips.length === 0) return ['', 'no flips'];
  return [
    '',
    `${chalk.bold('flips')}  ${countFlips(flips)}`,
    ...flips.flatMap((item) => flipLines(item, columns, chalk)),
  ];
}

function paintRuling(ruling: Ruling, chalk: ChalkInstance): string {
  if (ruling === 'held') return chalk.hex(BLUE)(ruling);
  return ruling === 'regressed' ? chalk.hex(ORANGE).bold(ruling) : chalk.yellow(ruling);
}
