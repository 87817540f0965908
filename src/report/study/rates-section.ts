import { plural } from '../../score/metric-text.ts';
import type { StudyFigure } from '../../study/figure.ts';
import { element, join, type Markup } from '../page/html.ts';
import { plainTable } from '../page/plot-chart.ts';
import { figureChart } from './figure-chart.ts';
import { figureNotes } from './figure-notes.ts';
import { figureCell, figureTable } from './figure-table.ts';
import type { StudyPageInput } from './study-page-input.ts';
import { chartsAndTable, studySection } from './study-section.ts';
import { fieldWords, figuresByField, figureWords, labelWords, topicWords } from './study-words.ts';

/** How often each binary field is true, by topic, and why. */
export function ratesSection({ figures: { figures } }: StudyPageInput, title: string): Markup {
  const rates = figuresByField(figures, 'rate');
  const reasons = figuresByField(figures, 'reason');
  return studySection(
    'rates',
    title,
    rates.size === 0
      ? 'No kept conversation has a usable answer.'
      : 'Shares of the conversations, of each topic, that were kept and have a usable answer.',
    ...[...rates].map(([name, shown], index) =>
      element(
        'div',
        { class: 'suite' },
        ...rateParts(name, shown, reasons.get(name) ?? [], `rates-${index}`),
      ),
    ),
  );
}

function rateParts(
  name: string,
  rates: readonly StudyFigure[],
  reasons: readonly StudyFigure[],
  id: string,
): (Markup | null)[] {
  const notes = figureNotes(id, rates);
  const title = `Rate of ${fieldWords(name)} by topic`;
  const text = { title, description: `${plural(rates.length, 'rate')} with 95% intervals.` };
  return [
    element('h3', {}, title),
    notes.list,
    chartsAndTable(
      [figureChart(text, rates)],
      figureTable(title, rates, notes, ({ conversations }) => `of ${plural(conversations, 'conversation')}`),
    ),
    reasons.length === 0 ? null : reasonParts(name, reasons, id),
  ];
}

function reasonParts(name: string, reasons: readonly StudyFigure[], id: string): Markup {
  const notes = figureNotes(`${id}-why`, reasons);
  const title = `Why: reasons for ${fieldWords(name)}`;
  const ofAll = reasons.filter(({ topic }) => topic === null).toSorted((a, b) => b.raw.value - a.raw.value);
  const labels = [...new Set([...ofAll, ...reasons].map(({ label }) => label))];
  const topics = [...new Set(reasons.map(({ topic }) => topic))];
  const cell = (label: string | null, topic: string | null) => {
    const found = reasons.find((each) => each.label === label && each.topic === topic);
    if (found === undefined) return '';
    return join([figureCell(figureWords('reason', found.raw.value, found.raw.interval)), notes.marks(found)]);
  };
  const sizeOf = (wanted: string | null) =>
    reasons.find(({ topic }) => topic === wanted)?.conversations.toLocaleString('en') ?? '0';
  const table = plainTable(
    title,
    ['Reason', ...topics.map((topic) => `${topicWords(topic)} (${sizeOf(topic)})`)],
    labels.map((label) => [labelWords(label ?? ''), ...topics.map((topic) => cell(label, topic))]),
  );
  const text = { title, description: `${plural(ofAll.length, 'reason')} with 95% intervals, of all kept.` };
  return join([
    element('h4', {}, title),
    element(
      'p',
      { class: 'soft' },
      `Shares of the conversations with ${fieldWords(name)}, their number in brackets; the chart is of all kept ones. As counted, not corrected.`,
    ),
    notes.list,
    chartsAndTable(ofAll.length === 0 ? [] : [figureChart(text, ofAll)], table),
  ]);
}
