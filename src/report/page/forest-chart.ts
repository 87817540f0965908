import * as Plot from '@observablehq/plot';
import { showInterval, showMetric } from '../../score/metric-text.ts';
import type { Markup } from './html.ts';
import { type ChartText, plotChart } from './plot-chart.ts';

/** A line of a forest plot: a figure with its interval, and what it was before. */
export interface ForestRow {
  /** Class or slice; shown at the left. */
  name: string;
  /** Metric; each has a panel of its own. */
  measure: string;
  value: number | null;
  interval: { low: number; high: number } | null;
  /** On the baseline's answers; null without one. */
  before: number | null;
}

const ROW = 24;
const PANEL = 180;

/** Dots with bars: a panel a measure, a row a name; an open diamond is the baseline. */
export function forestChart(text: ChartText, rows: readonly ForestRow[]): Markup {
  const names = [...new Set(rows.map(({ name }) => name))];
  const measures = [...new Set(rows.map(({ measure }) => measure))];
  const longest = Math.max(...names.map((name) => name.length), 8);
  const left = Math.min(240, 12 + longest * 6.6);
  const known = rows.filter(({ value }) => value !== null);
  const ends = known.flatMap(({ value, interval, before }) => [
    value ?? 0,
    interval?.low ?? 0,
    interval?.high ?? 1,
    before ?? 0,
  ]);
  const domain = [Math.min(0, ...ends), Math.max(1, ...ends)];
  const at = { fx: 'measure', y: 'name' };
  return plotChart(text, {
    width: left + measures.length * PANEL + 24,
    height: names.length * ROW + 56,
    marginLeft: left,
    marginRight: 16,
    marginTop: 26,
    marginBottom: 26,
    x: { domain, label: null, ticks: 5, tickFormat: (tick: number) => String(Math.round(tick * 100) / 100) },
    y: { domain: names, label: null, tickSize: 0 },
    fx: { domain: measures, label: null, padding: 0.1 },
    marks: [
      Plot.gridX({ ticks: 5, stroke: 'var(--grid)', strokeOpacity: 1 }),
      Plot.ruleY(
        known.filter(({ interval }) => interval !== null),
        {
          ...at,
          x1: (row: ForestRow) => row.interval?.low,
          x2: (row: ForestRow) => row.interval?.high,
          stroke: 'var(--blue)',
          strokeWidth: 2,
        },
      ),
      Plot.dot(
        known.filter(({ before, value }) => before !== null && before !== value),
        {
          ...at,
          x: 'before',
          symbol: 'diamond',
          r: 4.5,
          stroke: 'var(--orange)',
          strokeWidth: 1.6,
          title: (row: ForestRow) => `baseline: ${showMetric(row.measure, row.before)}`,
        },
      ),
      Plot.dot(known, {
        ...at,
        x: 'value',
        r: 4,
        fill: 'var(--blue)',
        title: (row: ForestRow) => `${row.name}: ${figure(row)}`,
      }),
    ],
  });
}

/** `82.4% (78.1 to 86.0)`. */
export function figure({ measure, value, interval }: Omit<ForestRow, 'name' | 'before'>): string {
  return `${showMetric(measure, value)}${showInterval(measure, interval)}`;
}
