import * as Plot from '@observablehq/plot';
import { annotatorAgreement } from '../../agreement/annotator-agreement.ts';
import { plural } from '../../score/metric-text.ts';
import { classesOf, fieldValue } from '../../task/task.ts';
import { doubtsOf } from './doubts.ts';
import { element, join, type Markup } from './html.ts';
import { scopeOf } from './metrics-section.ts';
import type { PageInput, PageSuite } from './page-input.ts';
import { chartTable, plainTable, plotChart } from './plot-chart.ts';

interface Bar {
  name: string;
  count: number;
}

/** What the figures rest on: how many conversations, how balanced, how far annotators agree, what to look at again. */
export function goldensSection(input: PageInput): Markup {
  const suites = [...Map.groupBy(input.suites, ({ assessment }) => assessment.run.suite.name).values()];
  const first = suites.flatMap(([suite]) => (suite === undefined ? [] : [suite]));
  return element(
    'section',
    { id: 'goldens', 'aria-labelledby': 'goldens-title' },
    element('h2', { id: 'goldens-title' }, 'Goldens'),
    ...(first.every(({ goldens }) => goldens === null)
      ? [element('p', { class: 'lead' }, 'Conversations and votes are not in this report.')]
      : [conversations(first), ...first.map((suite) => labels(input, suite))]),
  );
}

function conversations(suites: readonly PageSuite[]): Markup {
  const all = new Map(suites.flatMap(({ goldens }) => [...(goldens?.conversations ?? [])]));
  const families = new Set([...all.values()].map(({ family }) => family)).size;
  const languages = tally([...all.values()].map(({ lang }) => lang)).sort((a, b) => b.count - a.count);
  const turns = [...all.values()].map(({ messages }) => messages.length);
  const lengths = tally(turns.map((count) => lengthBand(count)));
  const bands = BANDS.map((name) => lengths.find((bar) => bar.name === name) ?? { name, count: 0 });
  return join([
    element(
      'p',
      { class: 'lead' },
      `${plural(all.size, 'conversation')} of ${plural(families, 'family').replace('familys', 'families')} in ${plural(languages.length, 'language')}, ${plural(
        turns.reduce((sum, count) => sum + count, 0),
        'message',
      )}.`,
    ),
    element(
      'div',
      { class: 'charts' },
      bars('Languages', 'Conversations in each language.', languages),
      bars('Lengths', 'Conversations by their number of messages.', bands),
    ),
  ]);
}

const BANDS = ['1 to 2', '3 to 5', '6 to 9', '10 to 14', '15 to 19', '20 or more'];

function lengthBand(messages: number): string {
  const upTo = [2, 5, 9, 14, 19].findIndex((most) => messages <= most);
  return BANDS[upTo] ?? '20 or more';
}

function labels(input: PageInput, { assessment, goldens }: PageSuite): Markup {
  const { suite } = assessment.run;
  if (goldens === null) return join([]);
  const agreements = annotatorAgreement(suite, goldens.labels);
  return element(
    'div',
    { class: 'suite' },
    element('h3', {}, suite.name),
    element(
      'div',
      { class: 'charts' },
      ...Object.entries(suite.fields).map(([name, field]) => {
        const values = goldens.labels.map(({ label }) => fieldValue(suite, name, label));
        const given = values.flatMap((value) => (Array.isArray(value) ? value : [String(value ?? 'none')]));
        const counted = tally(given);
        const known = [...classesOf(field), 'none'].flatMap((label): Bar[] => {
          const found = counted.find((bar) => bar.name === label);
          return found === undefined && label === 'none' ? [] : [found ?? { name: label, count: 0 }];
        });
        return bars(`Balance of ${name}`, `${suite.name}: labels that have each class of ${name}.`, known);
      }),
    ),
    element('h4', {}, 'Agreement between annotators'),
    plainTable(
      `Agreement of ${suite.name}`,
      ['Field', 'Krippendorff’s alpha', 'Distance', 'Labels with votes', 'Votes split'],
      agreements.map(({ name, alpha, metric, units, split }) => [
        name,
        alpha === null ? 'n/a' : alpha.toFixed(3),
        metric,
        String(units),
        String(split),
      ]),
    ),
    element('h4', {}, 'Doubtful labels'),
    doubtful(input, suite.name),
  );
}

function doubtful(input: PageInput, name: string): Markup {
  const doubts = doubtsOf(input.suites);
  const place = input.suites.findIndex(({ assessment }) => assessment.run.suite.name === name);
  const run = input.suites[place]?.assessment.run;
  if (run === undefined) return join([]);
  const fields = Object.keys(run.suite.fields);
  const answers = doubts.answersOf(name);
  const models = new Set(
    input.suites.flatMap(({ assessment }) =>
      assessment.run.suite.name === name ? [assessment.run.model] : [],
    ),
  ).size;
  const press = (show: 'split' | 'against', field: string) => {
    const is = show === 'split' ? doubts.isSplit : doubts.isAgainst;
    const count = run.cases.filter((subject) => is(name, field, subject)).length;
    if (count === 0) return '0';
    const filter = JSON.stringify({ show, scope: scopeOf(run.suite.fields, place, field) });
    return element(
      'button',
      { type: 'button', class: 'link', 'data-filter': filter },
      String(count),
      element('span', { class: 'unseen' }, ', list them'),
    );
  };
  return join([
    element(
      'p',
      { class: 'soft' },
      answers > 1
        ? `Votes that differ, and labels that all ${answers} answers of ${plural(models, 'model')} oppose with one voice. A label that both speak against is worth a look.`
        : 'Votes that differ, and labels that the answer opposes. There is one answer a case, so this says as much about the model as about the label; more repeats or models would say more.',
    ),
    plainTable(
      `Doubtful labels of ${name}`,
      ['Field', 'Votes split', 'Opposed by all answers'],
      fields.map((field) => [field, press('split', field), press('against', field)]),
    ),
  ]);
}

function bars(title: string, description: string, rows: readonly Bar[]): Markup {
  const left = Math.min(160, 16 + Math.max(...rows.map(({ name }) => name.length)) * 6.4);
  return element(
    'div',
    {},
    element('p', { class: 'chart-title' }, title),
    plotChart(
      { title, description },
      {
        width: 340,
        height: rows.length * 21 + 12,
        marginLeft: left,
        marginRight: 36,
        marginTop: 4,
        marginBottom: 4,
        x: { axis: null },
        y: { domain: rows.map(({ name }) => name), label: null, tickSize: 0 },
        marks: [
          Plot.barX(rows, { x: 'count', y: 'name', fill: 'var(--bar)', insetTop: 3, insetBottom: 3 }),
          Plot.text(rows, {
            x: 'count',
            y: 'name',
            text: ({ count }: Bar) => String(count),
            textAnchor: 'start',
            dx: 5,
          }),
        ],
      },
    ),
    chartTable(
      title,
      ['Of', 'Count'],
      rows.map(({ name, count }) => [name, String(count)]),
    ),
  );
}

function tally(names: readonly string[]): Bar[] {
  return [...Map.groupBy(names, (name) => name)].map(([name, all]) => ({ name, count: all.length }));
}
