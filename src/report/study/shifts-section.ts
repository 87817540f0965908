import type { StudyRecord } from '../../schema/study-record.ts';
import { plural } from '../../score/metric-text.ts';
import { shiftBootstrap } from '../../statistics/shift-bootstrap.ts';
import type { StudyFigure } from '../../study/figure.ts';
import { shiftCounts } from '../../study/figures/shift-figures.ts';
import { element, join, type Markup } from '../page/html.ts';
import { plainTable } from '../page/plot-chart.ts';
import { figureChart } from './figure-chart.ts';
import { figureNotes } from './figure-notes.ts';
import { figureCell } from './figure-table.ts';
import { type MeanPair, shiftChart } from './shift-chart.ts';
import type { StudyPageInput } from './study-page-input.ts';
import { chartsAndTable, studySection } from './study-section.ts';
import { fieldWords, figuresByField, figureWords, labelWords, topicWords } from './study-words.ts';

/** How each ordinal field changes from one window to the other, by topic. */
export function shiftsSection({ record, figures: { figures } }: StudyPageInput, title: string): Markup {
  const shifts = figuresByField(figures, 'shift');
  return studySection(
    'shifts',
    title,
    shifts.size === 0 ? 'No kept conversation has usable answers to both windows.' : null,
    ...[...shifts].map(([name, shown], index) =>
      element('div', { class: 'suite' }, ...shiftParts(record, name, shown, `shifts-${index}`)),
    ),
  );
}

function shiftParts(
  record: StudyRecord,
  name: string,
  shifts: readonly StudyFigure[],
  id: string,
): (Markup | null)[] {
  const notes = figureNotes(id, shifts);
  const field = fieldWords(name);
  const { from, to } = windowsOf(record, name);
  const scale = Object.entries(record.scales[name] ?? {}).sort(([, a], [, b]) => a - b);
  const values = scale.map(([, value]) => value);
  const pairs = shifts.map((shift) => meansOf(record, name, shift));
  const title = `Shift of ${field} by topic`;
  const rows = plural(shifts.length, 'row');
  const means = { title: `Mean ${field}, ${from} to ${to}`, description: `${rows}, from ${from} to ${to}.` };
  const text = { title, description: `${rows}, mean shift with 95% intervals.` };
  return [
    element('h3', {}, title),
    element(
      'p',
      { class: 'soft' },
      `Means over conversations with usable answers to both the ${from} and the ${to}. The scale: ${scale.map(([level, value]) => `${labelWords(level)} ${minus(value)}`).join(', ')}. Above zero the ${to} is higher.`,
    ),
    notes.list,
    chartsAndTable(
      [
        shiftChart(means, pairs, [Math.min(...values), Math.max(...values)], { from, to }),
        element('p', { class: 'chart-title' }, `The shift itself, ${to} minus ${from}`),
        figureChart(text, shifts),
      ],
      plainTable(
        title,
        ['Topic', `Mean, ${from}`, `Mean, ${to}`, 'Shift (95%)'],
        shifts.map((shift, row) => [
          join([topicWords(shift.topic), element('small', {}, plural(shift.conversations, 'conversation'))]),
          meanWords(pairs[row]?.opening),
          meanWords(pairs[row]?.closing),
          join([figureCell(figureWords('shift', shift.raw.value, shift.raw.interval)), notes.marks(shift)]),
        ]),
      ),
    ),
  ];
}

function windowsOf({ study }: StudyRecord, name: string): { from: string; to: string } {
  const shift = study.shifts?.find(({ suite, field }) => `${suite}.${field}` === name);
  return { from: labelWords(shift?.from ?? 'opening'), to: labelWords(shift?.to ?? 'closing') };
}

/** The interval is the figure's own, so nothing is resampled here. */
function meansOf({ groups, scales }: StudyRecord, name: string, { topic }: StudyFigure): MeanPair {
  const pairs = groups.find((group) => group.topic === topic)?.shifts[name] ?? [];
  const means = shiftBootstrap(shiftCounts(pairs, scales[name] ?? {}), { resamples: 0, seed: 1 });
  return { name: topicWords(topic), opening: means?.opening ?? null, closing: means?.closing ?? null };
}

function meanWords(mean: number | null | undefined): string {
  return mean === null || mean === undefined ? 'n/a' : figureWords('shift', mean, null);
}

function minus(value: number): string {
  return String(value).replace('-', '−');
}
