import * as Plot from '@observablehq/plot';
import { element, join, type Markup } from '../page/html.ts';
import { type ChartText, plotChart } from '../page/plot-chart.ts';
import { CHART_WIDTH, LABEL_LOOK, LONGEST_NAME } from './figure-chart.ts';
import { figureWords, shorten } from './study-words.ts';

/** Means of a topic's conversations in the two windows; null where there are none. */
export interface MeanPair {
  name: string;
  opening: number | null;
  closing: number | null;
}

type Known = { row: number; name: string; opening: number; closing: number };

/** An arrow a topic from the one mean to the other, on the whole scale. */
export function shiftChart(
  text: ChartText,
  pairs: readonly MeanPair[],
  domain: readonly [least: number, most: number],
  { from, to }: { from: string; to: string },
): Markup {
  const known = pairs.flatMap(({ name, opening, closing }, row): Known[] =>
    opening === null || closing === null ? [] : [{ row, name, opening, closing }],
  );
  const title = ({ name, opening, closing }: Known) =>
    `${name}: ${figureWords('shift', opening, null)} to ${figureWords('shift', closing, null)}`;
  const at = { y: 'row', dy: 6, title };
  const chart = plotChart(text, {
    width: CHART_WIDTH,
    height: pairs.length * 38 + 34,
    marginLeft: 10,
    marginRight: 18,
    marginTop: 8,
    marginBottom: 26,
    x: {
      domain: [...domain],
      label: null,
      ticks: 5,
      tickFormat: (tick: number) => String(tick).replace('-', '−'),
    },
    y: { type: 'point', domain: pairs.map((_, row) => row), axis: null, padding: 0.6 },
    marks: [
      Plot.gridX({ ticks: 5, stroke: 'var(--grid)', strokeOpacity: 1 }),
      Plot.ruleX([0], { stroke: 'var(--soft)', strokeOpacity: 0.6 }),
      Plot.text(pairs, {
        y: (_, row: number) => row,
        text: ({ name }: MeanPair) => shorten(name, LONGEST_NAME),
        ...{ frameAnchor: 'left', dy: -10, ...LABEL_LOOK },
      }),
      Plot.ruleY(known, { ...at, x1: 'opening', x2: 'closing', stroke: 'var(--blue)', strokeWidth: 2.4 }),
      Plot.dot(known, { ...at, x: 'opening', r: 3.6, fill: 'var(--ground)', stroke: 'var(--soft)' }),
      Plot.dot(known, {
        ...{ ...at, x: 'closing', r: 3.6, fill: 'var(--blue)', symbol: 'triangle' },
        rotate: ({ opening, closing }: Known) => (closing < opening ? -90 : 90),
      }),
    ],
  });
  return join([
    element('p', { class: 'chart-title' }, text.title),
    element(
      'p',
      { class: 'legend' },
      element('span', {}, element('span', { class: 'key-raw' }, '○ '), from),
      element('span', {}, element('span', { class: 'key-corrected' }, '▸ '), to),
    ),
    chart,
  ]);
}
