import type { StudyFigure } from '../../study/figure.ts';
import { showFigure } from '../../study/figure-text.ts';

/** A label, topic or field as words: `interpersonal advice`. */
export function labelWords(label: string): string {
  return label.replaceAll('_', ' ');
}

/** A topic as words; null is all kept conversations. */
export function topicWords(topic: string | null): string {
  return topic === null ? 'all kept' : labelWords(topic);
}

/** The field of `<suite>.<field>` as words. */
export function fieldWords(name: string): string {
  return labelWords(name.slice(name.indexOf('.') + 1));
}

/** `coaching, counseling or companionship`. */
export function oneOf(labels: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(labels.map(labelWords));
}

/** As showFigure, with a true minus sign. */
export function figureWords(...figure: Parameters<typeof showFigure>): string {
  return showFigure(...figure).replaceAll('-', '−');
}

/** A part of a whole as people say it: `2.92%`; `n/a` of nothing. */
export function shareWords(part: number, whole: number): string {
  if (whole === 0) return 'n/a';
  const share = part / whole;
  return part > 0 && share < 0.00001 ? 'under 0.001%' : figureWords('prevalence', share, null);
}

/** `4,500,000`. */
export function countWords(count: number): string {
  return count.toLocaleString('en');
}

/** At most so many characters, the last one a `…` where some are left out. */
export function shorten(text: string, longest: number): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
}

/** Figures of one kind, by the field that they are of, in their order. */
export function figuresByField(
  figures: readonly StudyFigure[],
  kind: StudyFigure['kind'],
): Map<string, StudyFigure[]> {
  return Map.groupBy(
    figures.filter((figure) => figure.kind === kind),
    ({ of }) => of ?? '',
  );
}
