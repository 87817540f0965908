import type { ChalkInstance } from 'chalk';
import { plural } from '../../score/metric-text.ts';
import type { ComparedFigure, Movement, StudyComparison } from '../../study/compare-studies.ts';
import { nameFigure, showDifference, showFigure } from '../../study/figure-text.ts';
import { hangingLine } from './hanging-line.ts';
import { narrowTable } from './narrow-table.ts';
import { safeText } from './safe-text.ts';

/** How a study and its two sides are called. */
interface ComparedNames {
  study: string;
  baseline: string;
  candidate: string;
}

/** What is drawn on: styles, and columns of text. */
interface Screen {
  chalk: ChalkInstance;
  columns: number;
}

/** Every figure under both prompts, a sentence each, and the conversations that moved. */
export function renderStudyComparison(
  { study, baseline, candidate }: ComparedNames,
  comparison: StudyComparison,
  screen: Screen,
): string {
  const { chalk, columns } = screen;
  const { overlap, funnel, figures, moved, leftOut, notes } = comparison;
  const stages = funnel.map((stage) => [
    safeText(stage.name),
    stage.baseline.out.toLocaleString('en'),
    stage.candidate.out.toLocaleString('en'),
  ]);
  const lines = [
    `${chalk.bold.underline(safeText(study))}  ${plural(overlap.both, 'conversation')} that both have`,
    chalk.dim(`from ${safeText(baseline)}`),
    chalk.dim(`to   ${safeText(candidate)}`),
    ...notes.map((note) => hangingLine('', safeText(note), columns)),
    '',
    chalk.bold('funnel'),
    ...narrowTable(['', 'was', 'is'], stages, columns - 2).map((line) => `  ${line}`),
    '',
    chalk.bold('figures'),
    ...figures.map((figure) => hangingLine('  ', figureLine(figure, chalk), columns)),
  ];
  if (leftOut.length > 0)
    lines.push(hangingLine('  ', `left out of analyses by topic: ${safeText(leftOut.join(', '))}`, columns));
  const found = moved.filter((movement) => movement.moved > 0);
  if (found.length > 0)
    lines.push('', chalk.bold('moved'), ...found.flatMap((each) => movedLines(each, screen)));
  return `${lines.join('\n')}\n`;
}

function figureLine(
  { kind, of, topic, baseline, candidate, difference, interval }: ComparedFigure,
  chalk: ChalkInstance,
) {
  const name = safeText(nameFigure({ kind, of, topic, label: null }));
  const largest = Math.max(candidate.value, candidate.interval?.high ?? 0, baseline.value);
  const now = showFigure(kind, candidate.value, candidate.interval, largest);
  const was = showFigure(kind, baseline.value, null, largest);
  const isShown = interval !== null && (interval.low > 0 || interval.high < 0);
  const change =
    difference === 0 && interval === null
      ? 'unchanged'
      : `changed by ${showDifference(kind, difference, interval, largest)}`;
  return `${name}: ${now}, was ${was}; ${isShown ? chalk.bold(change) : change}`;
}

function movedLines(
  { kind, of, topic, moved, conversations }: Movement,
  { chalk, columns }: Screen,
): string[] {
  const name = safeText(nameFigure({ kind, of, topic, label: null }));
  const rest = moved - conversations.length;
  return [
    hangingLine('  ', `${name}: ${plural(moved, 'conversation')}`, columns),
    ...conversations.map(({ conversation, file, line, before, after }) =>
      hangingLine(
        '    ',
        `${safeText(conversation)}  ${safeText(before)} -> ${safeText(after)}  ${chalk.dim(safeText(`${file}:${line}`))}`,
        columns,
      ),
    ),
    ...(rest > 0 && conversations.length > 0 ? [`    and ${rest.toLocaleString('en')} more`] : []),
  ];
}
