import { nameMetric, plural, showMetric } from '../../score/metric-text.ts';
import type { FieldScore } from '../../score/scores.ts';
import { type ForestRow, figure, forestChart } from './forest-chart.ts';
import { element, join, type Markup } from './html.ts';
import { suiteTitle } from './page-data.ts';
import type { PageInput, PageSuite } from './page-input.ts';
import { chartTable, plainTable } from './plot-chart.ts';

const CLASS_MEASURES = ['precision', 'recall', 'f1'] as const;

/** The measure by which a field's slices are compared. */
const SLICE_MEASURES: Readonly<Record<FieldScore['kind'], readonly string[]>> = {
  nominal: ['accuracy', 'macro_f1'],
  binary: ['accuracy', 'recall.true'],
  ordinal: ['accuracy', 'within_one'],
  set: ['subset_accuracy', 'jaccard'],
};

/** Every field's metrics with intervals: overall, by class, by slice; minimal pairs and self-agreement. */
export function metricsSection(input: PageInput): Markup {
  return element(
    'section',
    { id: 'metrics', 'aria-labelledby': 'metrics-title' },
    element('h2', { id: 'metrics-title' }, 'Metrics'),
    element(
      'p',
      { class: 'lead' },
      'Dots with 95% intervals. An open diamond is the baseline, where it differs.',
    ),
    ...input.suites.map((suite, index) =>
      element(
        'div',
        { class: 'suite' },
        element('h3', {}, suiteTitle(input, suite.assessment)),
        ...Object.keys(suite.assessment.run.suite.fields).map((field) => fieldMetrics(suite, field)),
        pairs(suite, index),
        stability(suite, index),
        suite.powerLine === null ? null : element('p', { class: 'soft' }, suite.powerLine),
      ),
    ),
  );
}

function fieldMetrics({ assessment: { scores, before } }: PageSuite, field: string): Markup {
  const score = scores.fields[field];
  if (score === undefined) return join([]);
  const past = before?.fields[field];
  const row = (name: string, measure: string, key: string): ForestRow => ({
    name,
    measure,
    value: score.metrics[key]?.value ?? null,
    interval: score.metrics[key]?.interval ?? null,
    before: past?.metrics[key]?.value ?? null,
  });
  const overall = Object.keys(score.metrics).filter((name) => !name.includes('.'));
  const classes = score.classes.flatMap(({ label, support }) =>
    CLASS_MEASURES.map((measure) => row(`${label} (${count(support)})`, measure, `${measure}.${label}`)),
  );
  const slices = scores.slices.flatMap((slice) =>
    SLICE_MEASURES[score.kind].flatMap((measure): ForestRow[] => {
      const found = slice.fields[field];
      const metric = found?.metrics[measure];
      if (found === undefined || metric === undefined || found.n === 0) return [];
      const was = before?.slices.find(({ name }) => name === slice.name)?.fields[field]?.metrics[measure];
      return [
        {
          name: `${slice.name} (${count(found.n)})`,
          measure,
          value: metric.value,
          interval: metric.interval,
          before: was?.value ?? null,
        },
      ];
    }),
  );
  return element(
    'div',
    { class: 'field' },
    element('h4', {}, field, element('span', { class: 'soft' }, ` ${plural(Math.round(score.n), 'case')}`)),
    element(
      'div',
      { class: 'charts' },
      overallTable(
        field,
        overall.map((name) => row(name, name, name)),
      ),
      chart(`Classes of ${field}`, 'Precision, recall and F1 of each class', classes),
      chart(`Slices of ${field}`, 'The main measures on each part of the cases', slices),
    ),
  );
}

function overallTable(field: string, rows: readonly ForestRow[]): Markup {
  return plainTable(
    `Overall metrics of ${field}`,
    ['Metric', 'Now', 'Baseline'],
    rows.map((row) => [
      nameMetric(`${field}.${row.measure}`).replace(` of ${field}`, ''),
      figure(row),
      row.before === null ? '' : showMetric(row.measure, row.before),
    ]),
  );
}

function chart(title: string, what: string, rows: readonly ForestRow[]): Markup {
  if (rows.length === 0) return join([]);
  const description = `${what}, with 95% intervals, in ${plural(new Set(rows.map(({ name }) => name)).size, 'row')}.`;
  return element(
    'div',
    {},
    element('p', { class: 'chart-title' }, title),
    forestChart({ title, description }, rows),
    chartTable(
      title,
      ['Of', 'Metric', 'Now', 'Baseline'],
      rows.map((row) => [row.name, row.measure, figure(row), showMetric(row.measure, row.before)]),
    ),
  );
}

function pairs({ assessment: { pairs: found } }: PageSuite, suite: number): Markup | null {
  if (found.length === 0) return null;
  return join([
    element('h4', {}, 'Minimal pairs'),
    element(
      'p',
      { class: 'soft' },
      'Two conversations that differ in one thing. A contrasting pair is expected to get different answers; given the same, the difference went unnoticed.',
    ),
    plainTable(
      'Minimal pairs',
      ['Field', 'Pairs', 'Both right', 'Contrasting', 'Unnoticed'],
      found.map(({ field, pairs: all, bothRight, contrasting, alike }) => [
        field,
        String(all),
        String(bothRight),
        String(contrasting),
        join([
          `${alike.length} `,
          alike.length === 0
            ? null
            : element(
                'details',
                {},
                element('summary', {}, 'which'),
                ...alike.flatMap(([one, other]) => [caseButton(suite, one), caseButton(suite, other)]),
              ),
        ]),
      ]),
    ),
  ]);
}

function stability({ assessment: { stability: found, run } }: PageSuite, suite: number): Markup | null {
  if (found.length === 0) return null;
  return join([
    element('h4', {}, 'Self-agreement'),
    element(
      'p',
      { class: 'soft' },
      `How often two of ${run.repeats} answers to the same question are equal.`,
    ),
    plainTable(
      'Self-agreement',
      ['Field', 'Agreement', 'Unstable cases'],
      found.map(({ field, agreement, unstable }) => [
        field,
        showMetric('accuracy', agreement),
        unstable.length === 0
          ? '0'
          : element(
              'button',
              {
                type: 'button',
                class: 'link',
                'data-filter': JSON.stringify({
                  show: 'unstable',
                  scope: scopeOf(run.suite.fields, suite, field),
                }),
              },
              String(unstable.length),
            ),
      ]),
    ),
  ]);
}

function caseButton(suite: number, id: string): Markup {
  return element('button', { type: 'button', class: 'link', 'data-suite': suite, 'data-case': id }, id);
}

/** A field as the filter of the list names it; a suite of one field is named by itself. */
export function scopeOf(fields: Readonly<Record<string, unknown>>, suite: number, field: string): string {
  const names = Object.keys(fields);
  return names.length === 1 ? String(suite) : `${suite}.${names.indexOf(field)}`;
}

function count(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(1);
}
