import type { ChalkInstance } from 'chalk';
import type { Ruling } from '../judge/verdict.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import type { ReviewItem } from '../review/review-items.ts';
import { measureOf, nameMetric, plural, showChange, showInterval, showMetric } from '../score/metric-text.ts';
import type { MetricRow } from './metric-rows.ts';
import type { SuiteResult, SuiteStatus, WatchedSuite } from './watch-state.ts';

const BLUE = '#4a90d9';
const ORANGE = '#d98324';

/** One line for each suite: where it stands, the headline, flips. */
export function suiteRow(
  { name, status, result }: WatchedSuite,
  isFocused: boolean,
  chalk: ChalkInstance,
): string {
  const marker = isFocused ? chalk.bold('>') : ' ';
  const facts = [statusText(status, result, chalk), ...(result === null ? [] : resultFacts(result))];
  const isOld = status.kind === 'broken' || status.kind === 'gone';
  const text = `${safeText(name)}  ${facts.join('  ')}`;
  return `${marker} ${isOld ? chalk.dim(text) : text}`;
}

/** All that is known of one suite: metrics with intervals, the verdict, flips; or what is wrong with its files. */
export function suiteLines({ name, status, result }: WatchedSuite, chalk: ChalkInstance): string[] {
  const head = problemLines(status, chalk);
  if (result === null) return [chalk.bold.underline(safeText(name)), ...head];
  const title = `${chalk.bold.underline(safeText(name))}  ${safeText(result.model)}, prompt ${result.prompt}, ${result.answered} of ${plural(result.total, 'case')}`;
  const body = [
    ...metricLines(result, chalk),
    ...verdictLines(status, result, chalk),
    ...flipSection(result, chalk),
  ];
  const isOld = status.kind === 'broken' || status.kind === 'failed' || status.kind === 'gone';
  if (!isOld) return [title, ...head, ...body];
  return [
    title,
    ...head,
    '',
    chalk.dim('the last result there was:'),
    ...body.map((line) => chalk.dim(line)),
  ];
}

/** A flipped case: a text for each field that flipped. */
export function flipLines({ record, flips }: ReviewItem, chalk: ChalkInstance): string[] {
  return flips.map(({ field, change, expected, before, now }) => {
    const paint = chalk.hex(change === 'broken' ? ORANGE : BLUE);
    return `${paint(change.padEnd(6))} ${safeText(record.id)}  ${safeText(`${field}: expected ${expected}, was ${before}, now ${now}`)}`;
  });
}

/** `held`, `regressed`, … as the screen and the log say where a suite stands. */
function statusText(status: SuiteStatus, result: SuiteResult | null, chalk: ChalkInstance): string {
  switch (status.kind) {
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

function resultFacts({ rows: [headline], flips }: SuiteResult): string[] {
  const metric = headline === undefined ? [] : [metricText(headline)];
  return [...metric, ...(flips === null ? [] : [countFlips(flips)])];
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

function metricLines({ rows, flips, answered, total }: SuiteResult, chalk: ChalkInstance): string[] {
  const lines = rows.map(({ metric, before, now, interval }) => {
    const measure = measureOf(metric);
    const value = `${now === null ? '' : showMetric(measure, now)}${showInterval(measure, interval)}`.trim();
    const shown = value === '' ? 'not known until all are answered' : value;
    return `  ${safeText(nameMetric(metric)).padEnd(26)} ${shown.padEnd(24)} ${showChange(measure, before, now)}`.trimEnd();
  });
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
  return ['', ...stopped, `${paintRuling(verdict.ruling, chalk)}  ${safeText(verdict.sentence)}`];
}

function flipSection({ flips }: SuiteResult, chalk: ChalkInstance): string[] {
  if (flips === null) return ['', chalk.dim('no baseline yet: a accepts a complete run')];
  if (flips.length === 0) return ['', 'no flips'];
  return [
    '',
    `${chalk.bold('flips')}  ${countFlips(flips)}`,
    ...flips.flatMap((item) => flipLines(item, chalk)),
  ];
}

function paintRuling(ruling: Ruling, chalk: ChalkInstance): string {
  if (ruling === 'held') return chalk.hex(BLUE)(ruling);
  return ruling === 'regressed' ? chalk.hex(ORANGE).bold(ruling) : chalk.yellow(ruling);
}
