import type { StudyRecord } from '../../schema/study-record.ts';
import { pageDocument } from '../page/page-document.ts';
import { READING_SCRIPT } from '../page/page-script.ts';
import { concernsSection } from './concerns-section.ts';
import { funnelSection } from './funnel-section.ts';
import { methodsSection } from './methods-section.ts';
import { prevalenceSection } from './prevalence-section.ts';
import { ratesSection } from './rates-section.ts';
import { shiftsSection } from './shifts-section.ts';
import type { StudyPageInput } from './study-page-input.ts';
import { STUDY_STYLE } from './study-style.ts';
import { labelWords } from './study-words.ts';
import { summarySection } from './summary-section.ts';
import { uncountedSection } from './uncounted-section.ts';

/**
 * One self-contained HTML page with all figures of a study, raw and corrected, and how they were made. Pure: the same
 * input gives the same bytes. It holds counts alone, no text of a conversation. It can be read without its script, which
 * only changes between light and dark.
 */
export function renderStudyPage(input: StudyPageInput): string {
  const { record } = input;
  const { rates = [], shifts = [] } = record.study;
  const parts = [
    { id: 'summary', name: 'Summary', section: summarySection(input) },
    { id: 'funnel', name: 'Funnel', section: funnelSection(input) },
    { id: 'prevalence', name: 'Prevalence', section: prevalenceSection(input) },
    ...(rates.length === 0 ? [] : [ratesPart(input, record)]),
    ...(shifts.length === 0 ? [] : [shiftsPart(input, record)]),
    { id: 'concerns', name: 'Topics', section: concernsSection(input) },
    { id: 'left-out', name: 'Left out', section: uncountedSection(input) },
    { id: 'methods', name: 'Methods', section: methodsSection(input) },
  ];
  return pageDocument({
    title: record.study.name,
    at: record.started_at,
    sections: parts.map(({ id, name }) => [id, name]),
    main: parts.map(({ section }) => section),
    data: null,
    style: STUDY_STYLE,
    script: READING_SCRIPT,
  });
}

function ratesPart(input: StudyPageInput, { study }: StudyRecord) {
  const name = nameOf(study.rates ?? [], 'Rates');
  return { id: 'rates', name, section: ratesSection(input, name) };
}

function shiftsPart(input: StudyPageInput, { study }: StudyRecord) {
  const name = nameOf(study.shifts ?? [], 'Shifts');
  return { id: 'shifts', name, section: shiftsSection(input, name) };
}

/** The field where there is one alone. */
function nameOf(figures: readonly { field: string }[], several: string): string {
  const [only] = figures;
  if (only === undefined || figures.length > 1) return several;
  const words = labelWords(only.field);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
