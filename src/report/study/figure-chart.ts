import * as Plot from '@observablehq/plot';
import type { Range } from '../../statistics/range.ts';
import type { StudyFigure } from '../../study/figure.ts';
import { element, join, type Markup } from '../page/html.ts';
import { type ChartText, plotChart } from '../page/plot-chart.ts';
import { type ShareAxis, shareAxis } from './share-axis.ts';
import { figureWords, labelWords, shorten, topicWords } from './study-words.ts';

/** Of a chart, in pixels: as wide as a narrow screen, so that nobody scrolls. */
export const CHART_WIDTH = 360;

/** Longer names are cut; the table has them whole. */
export const LONGEST_NAME = 48;

/** A row's name stands above its dots, whatever lines cross it. */
export const LABEL_LOOK = {
  ...{ fill: 'var(--ink)', stroke: 'var(--ground)', strokeWidth: 4, fontSize: 11.5 },
} as const;

/** A dot with its bar, in the row of its figure. */
interface Drawn {
  row: number;
  value: number;
  interval: Range | null;
  title: string;
}

/** How the three kinds of dots look; shape and colour say the same. */
const LOOKS = {
  raw: { colour: 'var(--soft)', fill: 'var(--ground)', symbol: 'circle', width: 1.4, sign: '○' },
  corrected: { colour: 'var(--blue)', fill: 'var(--blue)', symbol: 'circle', width: 2.4, sign: '●' },
  goldens: { colour: 'var(--orange)', fill: 'var(--orange)', symbol: 'diamond', width: 1.4, sign: '◆' },
} as const;

type Look = keyof typeof LOOKS;

/**
 * Dots with 95% intervals, a row a figure: the raw one, and under it the best correction, which looks otherwise where it
 * is by goldens. Their legend stands above.
 *
 * @param figures of one kind
 */
export function figureChart(text: ChartText, figures: readonly StudyFigure[]): Markup {
  const drawn: Record<Look, Drawn[]> = { raw: [], corrected: [], goldens: [] };
  for (const [row, { kind, raw, corrected, ...figure }] of figures.entries()) {
    const name = nameOf(figure);
    drawn.raw.push({ row, ...raw, title: `${name}, raw: ${figureWords(kind, raw.value, raw.interval)}` });
    const [best] = corrected;
    if (best === undefined || best.interval === null) continue;
    const { method, value, interval } = best;
    drawn[method === 'Rogan-Gladen by goldens' ? 'goldens' : 'corrected'].push({
      ...{ row, value, interval },
      title: `${name}, corrected (${method}): ${figureWords(kind, value, interval)}`,
    });
  }
  const all = [...drawn.raw, ...drawn.corrected, ...drawn.goldens];
  const ends = all.flatMap(({ interval }) => (interval === null ? [] : [interval.low, interval.high]));
  const values = all.map(({ value }) => value);
  const axis = figures[0]?.kind === 'shift' ? shiftAxis([...values, ...ends]) : shareAxis(values, ends);
  const hasPairs = all.length > drawn.raw.length;
  return join([
    legend(drawn, axis, [...values, ...ends]),
    plotChart(text, options(figures, drawn, axis, hasPairs)),
  ]);
}

function options(
  figures: readonly StudyFigure[],
  drawn: Readonly<Record<Look, readonly Drawn[]>>,
  axis: ShareAxis,
  hasPairs: boolean,
): Plot.PlotOptions {
  const rows = figures.map((_, row) => row);
  return {
    width: CHART_WIDTH,
    height: rows.length * (hasPairs ? 48 : 38) + 34,
    marginLeft: 10,
    marginRight: 18,
    marginTop: 8,
    marginBottom: 26,
    x: { type: axis.type, domain: axis.domain, ticks: axis.ticks, tickFormat: axis.format, label: null },
    y: { type: 'point', domain: rows, axis: null, padding: 0.6 },
    marks: [
      Plot.gridX(axis.ticks, { stroke: 'var(--grid)', strokeOpacity: 1 }),
      axis.domain[0] < 0 ? Plot.ruleX([0], { stroke: 'var(--soft)' }) : null,
      Plot.text(figures, {
        y: (_, row: number) => row,
        text: (figure: StudyFigure) => shorten(nameOf(figure), LONGEST_NAME),
        ...{ frameAnchor: 'left', dy: hasPairs ? -14 : -10, ...LABEL_LOOK },
      }),
      ...dots(drawn.raw, 'raw', hasPairs ? 2 : 6, axis),
      ...dots(drawn.corrected, 'corrected', 13, axis),
      ...dots(drawn.goldens, 'goldens', 13, axis),
    ],
  };
}

function dots(drawn: readonly Drawn[], look: Look, dy: number, axis: ShareAxis): Plot.Markish[] {
  const { colour, fill, symbol, width } = LOOKS[look];
  const [low, high] = axis.domain;
  const within = (value: number) => Math.min(high, Math.max(low, value));
  const at = { y: 'row', x: ({ value }: Drawn) => within(value), dy, title: 'title' };
  const isOutside = ({ value }: Drawn) => value < low;
  return [
    Plot.ruleY(
      drawn.filter(({ interval }) => interval !== null),
      {
        y: 'row',
        x1: ({ interval }: Drawn) => within(interval?.low ?? 0),
        x2: ({ interval }: Drawn) => within(interval?.high ?? 0),
        ...{ dy, stroke: colour, strokeWidth: width },
      },
    ),
    Plot.dot(
      drawn.filter((each) => !isOutside(each)),
      { ...at, symbol, r: 4, fill, stroke: colour, strokeWidth: 1.4 },
    ),
    Plot.dot(drawn.filter(isOutside), { ...at, symbol: 'triangle', rotate: -90, r: 4, fill: colour }),
  ];
}

/** From before the least to after the greatest, zero included. */
function shiftAxis(values: readonly number[]): ShareAxis {
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = Math.max(most - least, 0.02) * 0.06;
  const domain: ShareAxis['domain'] = [least - room, most + room];
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1].find((each) => (domain[1] - domain[0]) / each <= 6) ?? 1;
  const first = Math.ceil(domain[0] / step);
  const count = Math.floor(domain[1] / step) - first + 1;
  return {
    type: 'linear',
    domain,
    ticks: Array.from({ length: count }, (_, index) => (first + index) * step),
    format: (tick) => figureWords('shift', tick, null).replace(/\.?0+$/, '') || '0',
  };
}

function legend(
  drawn: Readonly<Record<Look, readonly Drawn[]>>,
  axis: ShareAxis,
  shares: readonly number[],
): Markup {
  const words: Readonly<Record<Look, string>> = {
    raw: 'raw',
    corrected: 'corrected by a labelled sample',
    goldens: 'corrected by goldens*, may mislead',
  };
  const looks = (['raw', 'corrected', 'goldens'] as const).filter((look) => drawn[look].length > 0);
  const notes = [
    ...(axis.type === 'log' ? ['logarithmic scale'] : []),
    ...(shares.some((share) => share < axis.domain[0]) ? ['zero, or next to it, is at the left edge'] : []),
  ];
  return element(
    'p',
    { class: 'legend' },
    ...looks.map((look) =>
      element('span', {}, element('span', { class: `key-${look}` }, `${LOOKS[look].sign} `), words[look]),
    ),
    ...notes.map((note) => element('span', {}, note)),
  );
}

function nameOf({ topic, label }: Pick<StudyFigure, 'topic' | 'label'>): string {
  return label === null ? topicWords(topic) : labelWords(label);
}
