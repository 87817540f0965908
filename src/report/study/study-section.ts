import { type Child, element, type Markup } from '../page/html.ts';

/** A part of the page with its heading. */
export function studySection(id: string, title: string, lead: string | null, ...children: Child[]): Markup {
  return element(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    element('h2', { id: `${id}-title` }, title),
    lead === null ? null : element('p', { class: 'lead' }, lead),
    ...children,
  );
}

/** Charts, one under the other, with their table beside them where there is room. */
export function chartsAndTable(charts: readonly Markup[], table: Markup): Markup {
  return element('div', { class: 'charts beside' }, element('div', {}, ...charts), element('div', {}, table));
}
