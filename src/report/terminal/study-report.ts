import type { ChalkInstance } from 'chalk';
import type { StudyRecord } from '../../schema/study-record.ts';
import { plural } from '../../score/metric-text.ts';
import type { StudyFigure, StudyFigures } from '../../study/figure.ts';
import { METHOD_NAMES, nameFigure, showFigure } from '../../study/figure-text.ts';
import { hangingLine } from './hanging-line.ts';
import { narrowTable } from './narrow-table.ts';
import { safeText } from './safe-text.ts';

/** How many figures are named that a caution is about. */
const NAMED = 3;

const ALL = 'all kept';

/** Longer names of topics and stages are cut in tables. */
const LONGEST_NAME = { topic: 24, stage: 60 };

/** Columns that the funnel's numbers take of a terminal. */
const NUMBERS = 32;

/** What is drawn on: styles, and columns of text. */
interface Screen {
  chalk: ChalkInstance;
  columns: number;
}

/** A study's funnel and figures, raw and corrected side by side, within the terminal's columns or 100. */
export function renderStudy(record: StudyRecord, figures: StudyFigures, screen: Screen): string {
  const { chalk, columns } = screen;
  const lines = [
    ...headLines(record, screen),
    '',
    ...funnelLines(record, screen),
    '',
    chalk.bold('prevalence'),
    ...figureTable(
      figures.figures.filter(({ kind }) => kind === 'prevalence'),
      columns,
    ),
  ];
  for (const kind of ['rate', 'shift'] as const) {
    const found = Map.groupBy(
      figures.figures.filter((figure) => figure.kind === kind),
      ({ of }) => of,
    );
    for (const [name, group] of found) {
      lines.push('', chalk.bold(kind === 'shift' ? `shift of ${safeText(`${name}`)}` : safeText(`${name}`)));
      lines.push(...figureTable(group, columns));
      if (kind === 'rate')
        lines.push(
          ...reasonLines(
            figures.figures.filter((each) => isReasonOf(each, name)),
            columns,
          ),
        );
    }
  }
  for (const { topic, conversations, share, under } of figures.leftOut) {
    const rare = `${showFigure('prevalence', share, null)} of all, under ${showFigure('prevalence', under, null)}`;
    lines.push(
      '',
      hangingLine(
        '',
        `left out of analyses by topic: ${safeText(topic)}, ${plural(conversations, 'conversation')} (${rare})`,
        columns,
      ),
    );
  }
  lines.push('', chalk.bold('cautions'), ...cautionLines(figures, columns));
  return `${lines.join('\n')}\n`;
}

function headLines(
  { study, model, corpus, started_at: startedAt }: StudyRecord,
  { chalk, columns }: Screen,
): string[] {
  const counts = [
    plural(corpus.conversations, 'conversation'),
    `of ${plural(corpus.files.length, 'file')}`,
    ...(corpus.bad > 0 ? [`${plural(corpus.bad, 'bad record')} skipped`] : []),
  ].join(', ');
  const about =
    study.description === undefined ? [] : [chalk.dim(hangingLine('', safeText(study.description), columns))];
  return [
    `${chalk.bold.underline(safeText(study.name))}  ${safeText(model)}, ${counts}, ${safeText(startedAt.slice(0, 10))}`,
    ...about,
  ];
}

function funnelLines({ funnel, long, study }: StudyRecord, { chalk, columns }: Screen): string[] {
  const number = (count: number) => count.toLocaleString('en');
  const longest = Math.max(LONGEST_NAME.topic, Math.min(LONGEST_NAME.stage, columns - NUMBERS));
  const rows = funnel.map((stage) => [
    shorten(safeText(stage.name), longest),
    number(stage.in),
    number(stage.out),
  ]);
  const lines = [chalk.bold('funnel'), ...indented(narrowTable(['', 'in', 'out'], rows, columns - 2))];
  if (study.long_over !== undefined)
    lines.push(
      `  over ${study.long_over} human messages: ${plural(long.conversations, 'conversation')}, ${number(long.kept)} kept`,
    );
  return lines;
}

/** The best correction stands beside the raw figure. */
function figureTable(figures: readonly StudyFigure[], columns: number): string[] {
  const rows = figures.map(({ kind, topic, conversations, raw, corrected: [best] }) => [
    shorten(safeText(topic ?? ALL), LONGEST_NAME.topic),
    conversations.toLocaleString('en'),
    showFigure(kind, raw.value, raw.interval),
    best === undefined
      ? ''
      : best.interval === null
        ? 'impossible'
        : showFigure(kind, best.value, best.interval),
    best === undefined ? '' : METHOD_NAMES[best.method],
  ]);
  return rows.length === 0
    ? ['  no conversation counts']
    : indented(narrowTable(['', 'of', 'raw', 'corrected', 'by'], rows, columns - 2));
}

function isReasonOf({ kind, of }: StudyFigure, name: string | null): boolean {
  return kind === 'reason' && of === name;
}

/** A line a group: its reasons, the commonest first. */
function reasonLines(reasons: readonly StudyFigure[], columns: number): string[] {
  const groups = Map.groupBy(
    reasons.filter(({ raw }) => raw.value > 0),
    ({ topic }) => topic,
  );
  return [...groups].map(([topic, group]) => {
    const texts = group
      .toSorted((a, b) => b.raw.value - a.raw.value)
      .map(
        ({ label, raw }) =>
          `${safeText(label ?? '')} ${showFigure('reason', raw.value, topic === null ? raw.interval : null)}`,
      );
    return hangingLine('  ', `why, ${safeText(topic ?? ALL)}: ${texts.join(', ')}`, columns);
  });
}

/** Those about all of it, then those about some figures, each sentence once. */
function cautionLines({ figures, cautions }: StudyFigures, columns: number): string[] {
  const about = new Map<string, string[]>();
  for (const figure of figures) {
    for (const caution of figure.cautions)
      about.set(caution, [...(about.get(caution) ?? []), nameFigure(figure)]);
  }
  const some = [...about].map(([caution, names]) => {
    const shown =
      names.length > NAMED
        ? `${names.slice(0, NAMED - 1).join(', ')} and ${names.length - NAMED + 1} more`
        : names.join(', ');
    return `${shown}: ${caution}`;
  });
  return [...cautions, ...some].map((caution) => hangingLine('  ', safeText(caution), columns));
}

function shorten(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
