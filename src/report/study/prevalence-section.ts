import { plural } from '../../score/metric-text.ts';
import type { Markup } from '../page/html.ts';
import { figureChart } from './figure-chart.ts';
import { figureNotes } from './figure-notes.ts';
import { figureTable } from './figure-table.ts';
import type { StudyPageInput } from './study-page-input.ts';
import { chartsAndTable, studySection } from './study-section.ts';

/** How common kept conversations and each topic are, raw and corrected side by side. */
export function prevalenceSection({ record, figures }: StudyPageInput): Markup {
  const shown = figures.figures.filter(({ kind }) => kind === 'prevalence');
  const [first] = shown;
  if (first === undefined)
    return studySection('prevalence', 'Prevalence', 'No conversation has a usable answer.');
  const notes = figureNotes('prevalence', shown);
  const title = 'Prevalence by topic';
  const text = {
    title,
    description: `${plural(shown.length, 'share')} of all conversations, with 95% intervals.`,
  };
  const countOf = new Map(record.groups.map(({ topic, conversations }) => [topic, conversations]));
  return studySection(
    'prevalence',
    'Prevalence',
    `Shares of the ${plural(first.conversations, 'conversation')} with a usable answer. The raw share is what the model said; the corrected one allows for its errors.`,
    notes.list,
    chartsAndTable(
      [figureChart(text, shown)],
      figureTable(title, shown, notes, ({ topic }) => plural(countOf.get(topic) ?? 0, 'conversation')),
    ),
  );
}
