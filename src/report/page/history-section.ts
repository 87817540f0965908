import * as Plot from '@observablehq/plot';
import { measureOf, nameMetric, showInterval, showMetric } from '../../score/metric-text.ts';
import { element, type Markup } from './html.ts';
import type { HistoryPoint, PageInput } from './page-input.ts';
import { chartTable, plotChart } from './plot-chart.ts';
import { showTime } from './summary.ts';

/** The newest points of a series that its chart shows; the table has them all. */
const SHOWN = 40;

type Placed = HistoryPoint & { place: number };

/** The headline metric over accepted and other runs, a chart a suite and model. */
export function historySection({ history }: PageInput): Markup {
  const series = Map.groupBy(
    history,
    ({ suite, model, metric }) => `${suite}, ${model}: ${nameMetric(metric)}`,
  );
  return element(
    'section',
    { id: 'history', 'aria-labelledby': 'history-title' },
    element('h2', { id: 'history-title' }, 'History'),
    element(
      'p',
      { class: 'lead' },
      history.length === 0
        ? 'No earlier runs are known.'
        : 'Filled dots are accepted runs, open ones other runs, oldest first. A dashed line marks a changed prompt.',
    ),
    element('div', { class: 'charts' }, ...[...series].map(([name, points]) => chart(name, points))),
  );
}

function chart(name: string, unordered: readonly HistoryPoint[]): Markup {
  const points = unordered.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const shown = points
    .slice(-SHOWN)
    .filter(({ value }) => value !== null)
    .map((point, place): Placed => ({ ...point, place }));
  const title = `History of ${name}`;
  const last = points.at(-1);
  const description = `${points.length} runs${last === undefined ? '' : `, the last at ${figureOf(last)}`}.`;
  return element(
    'div',
    {},
    element('h3', {}, name),
    shown.length === 0 ? null : plotChart({ title, description }, options(shown)),
    chartTable(
      title,
      ['Time', 'Kind', 'Value', 'Commit', 'Prompt'],
      points.map((point) => [
        showTime(point.at),
        point.kind,
        figureOf(point),
        commitOf(point),
        `${point.prompt.slice(0, 12)}${point.promptChanged ? ', changed' : ''}`,
      ]),
    ),
  );
}

function options(points: readonly Placed[]): Plot.PlotOptions {
  const every = Math.ceil(points.length / 14);
  const ticks = points.filter(({ place }) => place % every === 0).map(({ place }) => place);
  const domain = points.map(({ place }) => place);
  const at = { x: 'place', y: 'value' };
  const title = (point: Placed) =>
    `${showTime(point.at)}, ${point.kind}\n${figureOf(point)}\ncommit ${commitOf(point)}\nprompt ${point.prompt.slice(0, 12)}${point.promptChanged ? ', changed' : ''}`;
  const dots = (kind: HistoryPoint['kind'], look: Plot.DotOptions) =>
    Plot.dot(
      points.filter((point) => point.kind === kind),
      { ...at, r: 4, stroke: 'var(--blue)', strokeWidth: 1.6, title, ...look },
    );
  return {
    width: Math.max(340, Math.min(760, 90 + points.length * 44)),
    height: 230,
    marginLeft: 44,
    marginBottom: 58,
    marginTop: 18,
    x: {
      type: 'point',
      domain,
      ticks,
      tickFormat: (place: number) => labelOf(points[place]),
      tickRotate: -40,
      label: null,
    },
    y: { label: null, nice: true, ticks: 5, grid: false },
    marks: [
      Plot.gridY({ ticks: 5, stroke: 'var(--grid)', strokeOpacity: 1 }),
      Plot.ruleX(
        points.filter(({ promptChanged }) => promptChanged),
        { x: 'place', stroke: 'var(--orange)', strokeDasharray: '3 3', dx: -9 },
      ),
      Plot.line(points, { ...at, stroke: 'var(--blue)', strokeOpacity: 0.4 }),
      Plot.ruleX(
        points.filter(({ low, high }) => low !== null && high !== null),
        { x: 'place', y1: 'low', y2: 'high', stroke: 'var(--blue)', strokeWidth: 1.6 },
      ),
      dots('accepted', { fill: 'var(--blue)' }),
      dots('run', { fill: 'var(--panel)' }),
    ],
  };
}

function labelOf(point: Placed | undefined): string {
  return point === undefined ? '' : (point.commit?.slice(0, 7) ?? point.at.slice(5, 16).replace('T', ' '));
}

function commitOf({ commit }: HistoryPoint): string {
  return commit?.slice(0, 12) ?? 'none';
}

function figureOf({ metric, value, low, high }: HistoryPoint): string {
  const measure = measureOf(metric);
  const interval = low === null || high === null ? null : { low, high };
  return `${showMetric(measure, value)}${showInterval(measure, interval)}`;
}
