import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { element, type Markup, spellOut } from './html.ts';

/** What a chart is called and what it shows, for who cannot see it. */
export interface ChartText {
  title: string;
  description: string;
}

/**
 * A plot as SVG, drawn without a browser. Colours are the page's custom properties; Plot's own style sheet
 * is dropped, because the page's content policy knows only the page's. A chart wider than the page scrolls.
 */
export function plotChart({ title, description }: ChartText, options: Plot.PlotOptions): Markup {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = Plot.plot({
    document,
    className: 'plot',
    ...options,
  });
  for (const style of svg.querySelectorAll('style')) style.remove();
  svg.removeAttribute('style');
  svg.setAttribute('role', 'img');
  for (const group of svg.querySelectorAll('[aria-label]')) group.removeAttribute('aria-label');
  svg.setAttribute('aria-label', `${title}. ${description}`);
  for (const [name, text] of [
    ['desc', description],
    ['title', title],
  ] as const) {
    const said = document.createElementNS('http://www.w3.org/2000/svg', name);
    said.textContent = text;
    svg.prepend(said);
  }
  return element(
    'figure',
    { class: 'chart' },
    element(
      'div',
      { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': title },
      {
        markup: spellOut(svg.outerHTML),
      },
    ),
  );
}

/** A table behind a line that opens it: what a chart shows, in figures. */
export function chartTable(
  name: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): Markup {
  return element('details', {}, element('summary', {}, `${name} as a table`), plainTable(name, heads, rows));
}

/** A plain table; the first column names the row. */
export function plainTable(
  name: string,
  heads: readonly string[],
  rows: readonly (readonly (string | Markup)[])[],
): Markup {
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': name },
    element(
      'table',
      { class: 'plain' },
      element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
      element(
        'tbody',
        {},
        ...rows.map(([first = '', ...rest]) =>
          element(
            'tr',
            {},
            element('th', { scope: 'row' }, first),
            ...rest.map((text) => element('td', {}, text)),
          ),
        ),
      ),
    ),
  );
}
