import type { ChalkInstance } from 'chalk';
import type { Flip } from '../../compare/flips.ts';
import type { Assessment } from '../../judge/assess.ts';
import { powerLine } from '../../judge/power.ts';
import { type Ruling, ruleName } from '../../judge/verdict.ts';
import { describeStop, STOPPED_INTERVALS } from '../../record/whole-run.ts';
import type { RunRecord } from '../../schema/run-record.ts';
import { plural, showChange, showInterval, showMetric } from '../../score/metric-text.ts';
import type { FieldScore } from '../../score/scores.ts';
import { hungLine } from './hanging-line.ts';
import { renderMatrix } from './matrix.ts';
import { fitsAll, narrowTable } from './narrow-table.ts';

export interface SuiteReport extends Assessment {
  /** What the change does to its own goalposts, rendered; null where nobody asked. */
  goalposts: string | null;
  /** Where the run record lies, as shown to the user. */
  recordPath: string;
}

/** How many flips of a kind a field lists before it says how many more there are. */
const FLIPS_SHOWN = 8;

const MAIN_METRICS: Record<FieldScore['kind'], readonly string[]> = {
  nominal: ['accuracy', 'macro_f1', 'kappa'],
  binary: ['accuracy', 'precision.true', 'recall.true', 'f1.true', 'kappa'],
  ordinal: ['accuracy', 'within_one', 'mae', 'qwk', 'macro_f1'],
  set: ['subset_accuracy', 'jaccard', 'micro_f1', 'macro_f1'],
};

/** What is drawn on: styles, and columns of text. */
interface Screen {
  chalk: ChalkInstance;
  columns: number;
}

/** Everything a prompt engineer wants to see of one suite, within the terminal's columns or 100. */
export function renderSuite(report: SuiteReport, screen: Screen): string {
  const { chalk, columns } = screen;
  const { run, scores, verdict } = report;
  const lines = [
    chalk.bold.underline(run.suite.name) +
      `  ${run.model}, ${plural(scores.n, 'case')}` +
      `${run.repeats > 1 ? ` x ${run.repeats} repeats` : ''}, ${askedLine(run)}`,
    ...notes(report).map((note) => chalk.dim(hungLine(note, columns))),
  ];
  for (const field of Object.keys(run.suite.fields)) {
    const score = scores.fields[field];
    if (score !== undefined) lines.push('', ...renderField(report, score, screen));
  }
  const parts = [renderStability, renderSlices, renderPairs, renderFlips];
  for (const part of parts.map((render) => render(report, screen))) {
    if (part.length > 0) lines.push('', ...part);
  }
  lines.push('', chalk.bold('verdict'));
  for (const { rule, ruling, because } of verdict.rules) {
    lines.push(hungLine(`  ${paintRuling(ruling, chalk)} ${ruleName(rule)}: ${because}`, columns));
  }
  if (report.goalposts !== null) lines.push('', report.goalposts);
  const power = report.comparison === null ? null : powerLine(report.comparison);
  if (power !== null) lines.push(chalk.dim(hungLine(power, columns)));
  lines.push(chalk.dim(`run record: ${report.recordPath}`));
  return `${lines.join('\n')}\n`;
}

function askedLine(run: RunRecord): string {
  const total = run.cases.length * run.repeats;
  if (run.asked === 0) return 'nothing asked: every answer was recorded';
  const rate = run.seconds > 0 ? ` in ${run.seconds.toFixed(1)} s` : '';
  const share = run.asked === total ? 'all' : `${run.asked} of ${total}`;
  // Answers that were under way when a run stopped were paid for, and are none of its cases'.
  return `${run.planned === undefined ? share : run.asked} asked${rate}${costLine(run)}`;
}

/** Nothing for a model that is free and counts no tokens. */
function costLine({ spent }: RunRecord): string {
  const read = spent.input_tokens + spent.cache_read_tokens + spent.cache_write_tokens;
  if (read + spent.output_tokens === 0) return '';
  const count = (tokens: number) => tokens.toLocaleString('en');
  const cached =
    spent.cache_read_tokens + spent.cache_write_tokens === 0
      ? ''
      : ` (cache: ${count(spent.cache_write_tokens)} written, ${count(spent.cache_read_tokens)} read)`;
  const cost = spent.cost_usd === null ? 'cost unknown' : `US$${spent.cost_usd.toFixed(4)}`;
  return `;\n  ${count(read)} tokens in${cached}, ${count(spent.output_tokens)} out, ${cost}`;
}

function notes({ run, scores, comparison }: SuiteReport): string[] {
  const { invalid, refused, failed } = scores.unusable;
  const found = [];
  if (run.model === 'embedded')
    found.push('embedded is a floor, not a judge: it matches words and reads nothing.');
  if (run.selection !== null)
    found.push(
      `only part of the suite: ${[run.selection.filter, run.selection.limit === null ? null : `first ${run.selection.limit}`].filter((part) => part !== null).join(', ')}`,
    );
  const stop = describeStop(run);
  if (stop !== null) found.push(`${stop}; ${STOPPED_INTERVALS}`);
  if (invalid + refused + failed > 0)
    found.push(
      `without a usable answer, counted as wrong: ${invalid} invalid, ${refused} refused, ${failed} failed`,
    );
  if (comparison === null) found.push(`no baseline yet: touchstone accept ${run.suite.name}`);
  else if (comparison.added.length + comparison.removed.length > 0) {
    found.push(
      `against the baseline: ${plural(comparison.added.length, 'new case')}, ${comparison.removed.length} removed`,
    );
  }
  return found;
}

function renderField({ before }: SuiteReport, score: FieldScore, { chalk, columns }: Screen): string[] {
  const lines = [
    `${chalk.bold(score.field)}  ${chalk.dim(`${plural(score.n, 'case')}; always "${score.majority.label}" would be right in ${showMetric('accuracy', score.majority.share)}`)}`,
  ];
  const metrics = MAIN_METRICS[score.kind].flatMap((name) => {
    const metric = score.metrics[name];
    if (metric === undefined) return [];
    const past = before?.fields[score.field]?.metrics[name]?.value ?? null;
    const value = `${showMetric(name, metric.value)}${showInterval(name, metric.interval)}`;
    return [{ name, value, change: showChange(name, past, metric.value) }];
  });
  const wide = metrics.map(({ name, value, change }) => {
    return `  ${name.padEnd(16)} ${value.padEnd(26)} ${change}`.trimEnd();
  });
  const cells = metrics.map(({ name, value, change }) => [name, value, change]);
  lines.push(...(fitsAll(wide, columns) ? wide : indented(narrowTable([], cells, columns - 2))));
  if (score.matrix !== null) lines.push(...indented(renderMatrix(score.matrix, chalk, columns - 2)));
  if (score.classes.length > 2 || score.perLabel !== null)
    lines.push(...indented(renderClasses(score, columns - 2)));
  return lines;
}

function renderClasses(score: FieldScore, columns: number): string[] {
  return narrowTable(
    ['class', 'precision', 'recall', 'F1', 'support'],
    score.classes.map(({ label, precision, recall, f1, support }) => [
      label,
      showMetric('precision', precision),
      showMetric('recall', recall),
      showMetric('f1', f1),
      String(support),
    ]),
    columns,
  );
}

function renderSlices({ run, scores, before }: SuiteReport, { chalk, columns }: Screen): string[] {
  const [field, ...rest] = run.suite.headline.split('.');
  const name = rest.join('.');
  if (field === undefined || scores.slices.length === 0) return [];
  const slices = scores.slices.flatMap((slice) => {
    const metric = slice.fields[field]?.metrics[name];
    if (metric === undefined) return [];
    const past =
      before?.slices.find((other) => other.name === slice.name)?.fields[field]?.metrics[name]?.value ?? null;
    const value = `${showMetric(name, metric.value)}${showInterval(name, metric.interval)}`;
    const count = String(slice.n);
    return [{ name: slice.name, count, value, change: showChange(name, past, metric.value) }];
  });
  const wide = slices.map(({ name, count, value, change }) => {
    return `  ${name.padEnd(20)} ${count.padStart(5)}  ${value.padEnd(26)} ${change}`.trimEnd();
  });
  const digits = Math.max(...slices.map(({ count }) => count.length));
  const cells = slices.map(({ name, count, value, change }) => [name, count.padStart(digits), value, change]);
  return [
    `${chalk.bold('slices')}  ${chalk.dim(run.suite.headline)}`,
    ...(fitsAll(wide, columns) ? wide : indented(narrowTable([], cells, columns - 2))),
  ];
}

function renderStability({ run, stability }: SuiteReport, { chalk }: Screen): string[] {
  if (stability.length === 0) return [];
  const lines = stability.map(
    ({ field, agreement, unstable }) =>
      `  ${field.padEnd(16)} ${showMetric('accuracy', agreement)} of answers agree; ${plural(unstable.length, 'case')} ${unstable.length === 1 ? 'differs' : 'differ'}`,
  );
  return [`${chalk.bold('self-agreement')}  ${chalk.dim(`over ${run.repeats} repeats`)}`, ...lines];
}

function renderPairs({ pairs }: SuiteReport, { chalk }: Screen): string[] {
  const present = pairs.filter((each) => each.pairs > 0);
  if (present.length === 0) return [];
  const lines = present.map(
    ({ field, pairs: all, bothRight, contrasting, alike }) =>
      `  ${field.padEnd(16)} both right in ${bothRight} of ${all}; ${alike.length} of the ${contrasting} that differ were answered alike`,
  );
  return [chalk.bold('minimal pairs'), ...lines];
}

function renderFlips({ comparison }: SuiteReport, { chalk, columns }: Screen): string[] {
  if (comparison === null) return [];
  const lines = [`${chalk.bold('flips')}  ${chalk.dim(`against ${comparison.path}`)}`];
  for (const [field, flips] of Object.entries(comparison.flips)) {
    const broken = flips.filter(({ change }) => change === 'broken');
    const fixed = flips.filter(({ change }) => change === 'fixed');
    lines.push(`  ${field}: ${broken.length} broken, ${fixed.length} fixed`);
    lines.push(
      ...listFlips(broken, chalk.hex('#d98324'), columns),
      ...listFlips(fixed, chalk.hex('#4a90d9'), columns),
    );
  }
  return lines;
}

function listFlips(flips: readonly Flip[], paint: ChalkInstance, columns: number): string[] {
  const lines = flips
    .slice(0, FLIPS_SHOWN)
    .map(
      ({ id, change, expected, before, now }) =>
        `    ${paint(change.padEnd(6))} ${id}  expected ${expected}, was ${before}, now ${now}`,
    );
  const more = flips.length - FLIPS_SHOWN;
  if (more > 0)
    lines.push(
      `    ${more} more: ${flips
        .slice(FLIPS_SHOWN)
        .map(({ id }) => id)
        .join(' ')}`,
    );
  return lines.map((line) => hungLine(line, columns));
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function paintRuling(ruling: Ruling, chalk: ChalkInstance): string {
  const text = ruling.padEnd(9);
  if (ruling === 'held') return chalk.hex('#4a90d9')(text);
  return ruling === 'regressed' ? chalk.hex('#d98324').bold(text) : chalk.yellow(text);
}
