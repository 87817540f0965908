import type { ChalkInstance } from 'chalk';
import wrapAnsi from 'wrap-ansi';
import type { Ceiling } from '../../agreement/ceiling.ts';
import type { PairOfRaters } from '../../agreement/confusions.ts';
import type { Estimate } from '../../agreement/estimate.ts';
import type { FieldAgreement, Reliability } from '../../agreement/field-agreement.ts';
import type { SuiteAgreement } from '../../agreement/suite-agreement.ts';
import { plural } from '../../score/metric-text.ts';
import { narrowTable } from './narrow-table.ts';
import { safeText } from './safe-text.ts';
import { voteMatrixLines } from './vote-matrix.ts';

const MOST_PAIRS = 10;
const MOST_CONFUSIONS = 5;
const WIDEST = 98;

interface Style {
  chalk: ChalkInstance;
  /** Of the terminal. */
  columns: number;
}

/** How far annotators agree in a suite, field by field, and what that does to what a run can measure. */
export function renderAgreement(agreement: SuiteAgreement, style: Style): string {
  const { suite, subjects, open, votes, unsure, annotators, fields } = agreement;
  const { chalk } = style;
  const rest = open === 0 ? '' : `, ${open.toLocaleString('en')} of them open`;
  const head = `${chalk.bold.underline(suite)}  ${plural(subjects, 'case')}${rest}`;
  if (votes === 0) return `${head}\n${wrapped(style, '  ', 'no votes: there is nothing to compare')}\n`;
  const by = annotators
    .map(({ name, votes: own, unsure: hesitant }) => {
      return `${safeText(name)} ${own.toLocaleString('en')}${hesitant === 0 ? '' : ` (${hesitant} unsure)`}`;
    })
    .join(', ');
  const said = `${plural(votes, 'vote')}, ${unsure.toLocaleString('en')} of them unsure: ${by}`;
  const lines = [head, wrapped(style, '  ', said)];
  if (fields.length === 0)
    lines.push(wrapped(style, '  ', 'no case has two votes: there is nothing to compare'));
  return `${[...lines, ...fields.flatMap((field) => fieldLines(field, style))].join('\n')}\n`;
}

function fieldLines(field: FieldAgreement, style: Style): string[] {
  const { chalk } = style;
  const heading = ['', chalk.bold(field.field)];
  if (field.units === 0) return [...heading, wrapped(style, '  ', 'no case has two votes')];
  return [
    ...heading,
    ...reliabilityLines(field, style),
    ...field.windows.flatMap((own) => [`  ${own.window}`, ...reliabilityLines(own, style, '    ')]),
    ...indented('  ', labelTable(field, style.columns - 2)),
    ...confusionLines(field, style),
    ...annotatorLines(field, style),
    ...ceilingLines(field, style),
  ];
}

function reliabilityLines(
  { alpha, distance, pairs, units, split }: Reliability,
  style: Style,
  indent = '  ',
): string[] {
  if (units === 0) return [wrapped(style, indent, 'no case has two votes')];
  const by = distance === 'nominal' ? '' : ` (${distance})`;
  return [
    wrapped(style, indent, `Krippendorff's alpha${by} ${coefficient(alpha)}`),
    wrapped(
      style,
      indent,
      `pairs of votes that agree ${percent(pairs)}; ${plural(units, 'case')} with two votes or more, ${split.toLocaleString('en')} split`,
    ),
  ];
}

function labelTable({ labels, kind }: FieldAgreement, columns: number): string[] {
  const isSet = kind === 'set';
  return narrowTable(
    [isSet ? 'label in the set' : 'label', 'cases', 'agreement', ...(isSet ? ['alpha'] : [])],
    labels.map(({ label, units, agreement, alpha }) => [
      label,
      units.toLocaleString('en'),
      percent(agreement, ''),
      ...(alpha === null ? [] : [alpha.value?.toFixed(2) ?? 'n/a']),
    ]),
    columns,
  );
}

function confusionLines({ confusions, matrix, kind }: FieldAgreement, style: Style): string[] {
  const all = confusions.reduce((sum, { pairs }) => sum + pairs, 0);
  if (all === 0) return [];
  const shown = confusions.slice(0, MOST_CONFUSIONS).map(({ labels: [a, b], pairs }) => {
    return wrapped(style, '    ', `${a} / ${b}: ${pairs} of ${plural(all, 'disagreement')}`);
  });
  const rest = confusions.length - shown.length;
  const more = rest > 0 ? [`    and ${plural(rest, 'other pair')} of classes`] : [];
  const room = Math.min(WIDEST, style.columns) - 2;
  const table = kind === 'set' ? null : voteMatrixLines(matrix, room, style.chalk);
  return ['  what is confused', ...shown, ...more, ...indented('  ', table ?? [])];
}

function annotatorLines({ annotators, againstLabel }: FieldAgreement, style: Style): string[] {
  const row = ({ first, second, units, equal, kappa }: PairOfRaters) => [
    second === null ? safeText(first) : `${safeText(first)}, ${safeText(second)}`,
    units.toLocaleString('en'),
    units === 0 ? 'n/a' : `${((100 * equal) / units).toFixed(1)}%`,
    kappa === null ? 'n/a' : kappa.toFixed(2),
  ];
  const lowestFirst = annotators.toSorted((a, b) => (a.kappa ?? 1) - (b.kappa ?? 1)).slice(0, MOST_PAIRS);
  const rest = annotators.length - lowestFirst.length;
  const head = ['cases', 'equal', 'kappa'];
  return [
    ...indented('  ', narrowTable(['two annotators', ...head], lowestFirst.map(row), style.columns - 2)),
    ...(rest > 0
      ? [wrapped(style, '  ', `and ${plural(rest, 'other pair')} that agree better (--json has them)`)]
      : []),
    ...(againstLabel.length === 0
      ? []
      : indented(
          '  ',
          narrowTable(
            ['against the label', ...head],
            againstLabel.slice(0, MOST_PAIRS).map(row),
            style.columns - 2,
          ),
        )),
  ];
}

function ceilingLines({ ceiling }: FieldAgreement, style: Style): string[] {
  const { labels, adjudicated, againstVotes, independent, tossUps, leaveOneOut } = ceiling;
  const say = (text: string) => wrapped(style, '  ', text);
  const found = [
    ...(independent.value === null
      ? [say('no ceiling can be told: no label rests on votes, or they agree no better than by chance')]
      : ceilingSentences({ labels, independent, tossUps }).map(say)),
    ...(leaveOneOut.value === null
      ? []
      : [say(`an annotator hits the majority of the others in ${percent(leaveOneOut)}`)]),
  ];
  if (adjudicated > 0) found.push(say(`${plural(adjudicated, 'adjudicated label')} left out of the ceiling`));
  if (againstVotes > 0)
    found.push(
      say(`${plural(againstVotes, 'label')} not what most votes say, and not marked as adjudicated`),
    );
  return found;
}

function ceilingSentences({
  labels,
  independent,
  tossUps,
}: Pick<Ceiling, 'labels' | 'independent' | 'tossUps'>): string[] {
  return [
    `a classifier that were always right would measure at most ${percent(independent)} on the ${plural(labels, 'label')} that votes decided, if annotators err independently and all cases are equally hard`,
    `${percent(tossUps)} if they differ only on cases that are a toss-up; lower still by the errors they share`,
  ];
}

function coefficient({ value, interval }: Estimate): string {
  if (value === null) return 'n/a (only one class was given)';
  return interval === null
    ? value.toFixed(3)
    : `${value.toFixed(3)} (${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})`;
}

function percent({ value, interval }: Estimate, unit = '%'): string {
  if (value === null) return 'n/a';
  const show = (share: number) => (100 * share).toFixed(1);
  return interval === null
    ? `${show(value)}${unit}`
    : `${show(value)}${unit} (${show(interval.low)} to ${show(interval.high)})`;
}

function wrapped({ columns }: Style, indent: string, text: string): string {
  const room = Math.max(20, Math.min(WIDEST, columns) - indent.length - 3);
  return `${indent}${wrapAnsi(text, room).replaceAll('\n', `\n${indent}   `)}`;
}

function indented(indent: string, lines: readonly string[]): string[] {
  return lines.map((line) => `${indent}${line}`);
}
