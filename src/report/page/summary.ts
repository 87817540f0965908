import type { Assessment } from '../../judge/assess.ts';
import { type RuleVerdict, type Ruling, ruleName } from '../../judge/verdict.ts';
import { describeStop, STOPPED_INTERVALS } from '../../record/whole-run.ts';
import type { RunRecord } from '../../schema/run-record.ts';
import {
  measureOf,
  nameMetric,
  plural,
  showAmount,
  showChange,
  showInterval,
  showMetric,
} from '../../score/metric-text.ts';
import type { MetricScore, Scores } from '../../score/scores.ts';
import { element, join, type Markup } from './html.ts';
import { suiteTitle } from './page-data.ts';
import type { PageInput, PageSuite } from './page-input.ts';

const FLOOR =
  'The embedded model is a floor, not a judge: it matches words and reads nothing. Its figures say whether the gate works, not how good a classifier is.';

const SIGNS: Readonly<Record<Ruling, string>> = { held: '●', undecided: '◐', regressed: '▼' };

/** A card a suite: its verdict in a sentence, the headline, its change, the rules, and where it all comes from. */
export function summarySection(input: PageInput): Markup {
  return element(
    'section',
    { id: 'summary', 'aria-labelledby': 'summary-title' },
    element('h2', { id: 'summary-title' }, 'Summary'),
    input.suites.some(({ assessment }) => assessment.run.model === 'embedded')
      ? element('p', { class: 'caution' }, FLOOR)
      : null,
    element(
      'div',
      { class: 'cards' },
      ...input.suites.map((suite) => card(suite, suiteTitle(input, suite.assessment))),
    ),
  );
}

function card({ assessment, goalposts, powerLine }: PageSuite, title: string): Markup {
  const { run, verdict } = assessment;
  return element(
    'article',
    { class: `card ${verdict.ruling}` },
    element(
      'h3',
      {},
      element('span', { class: `ruling ${verdict.ruling}` }, `${SIGNS[verdict.ruling]} ${verdict.ruling}`),
      title,
      verdict.blocks ? element('span', { class: 'blocks' }, 'gate closed') : null,
    ),
    element('p', { class: 'sentence' }, sentenceOf(verdict.sentence, verdict.suite, verdict.ruling)),
    headline(assessment),
    ...notes(assessment).map((note) => element('p', { class: 'caution' }, note)),
    goalposts.length === 0
      ? null
      : element(
          'div',
          { class: 'goalposts' },
          element('h4', {}, 'The change moves its own goalposts'),
          element('ul', {}, ...goalposts.map((line) => element('li', {}, line))),
        ),
    element('ul', { class: 'rules' }, ...verdict.rules.map(ruleLine)),
    powerLine === null ? null : element('p', { class: 'soft' }, powerLine),
    element('dl', { class: 'facts' }, ...facts(run, assessment.scores)),
  );
}

/** The verdict's sentence without the suite and the ruling, which stand above it. */
function sentenceOf(sentence: string, suite: string, ruling: Ruling): string {
  const rest = sentence.replace(`${suite}: ${ruling}, `, '');
  return `${rest.charAt(0).toUpperCase()}${rest.slice(1)}.`;
}

function headline({ run, scores, before, verdict, comparison }: Assessment): Markup {
  const measure = measureOf(run.suite.headline);
  const score = metricOf(scores, run.suite.headline);
  const value = score?.value ?? null;
  const field = scores.fields[run.suite.headline.split('.')[0] ?? ''];
  const majority =
    field === undefined || !measure.endsWith('accuracy')
      ? null
      : `always “${field.majority.label}” would be right in ${showMetric('accuracy', field.majority.share)}`;
  return element(
    'div',
    { class: 'headline' },
    element('span', { class: 'figure' }, showMetric(measure, value)),
    element(
      'span',
      {},
      element('b', {}, nameMetric(run.suite.headline)),
      showInterval(measure, score?.interval ?? null),
      element('br', {}),
      comparison === null
        ? 'no baseline accepted yet'
        : changeText(run.suite.headline, verdict.rules, value, metricOf(before, run.suite.headline)),
      majority === null ? null : join([element('br', {}), element('span', { class: 'soft' }, majority)]),
    ),
  );
}

function metricOf(scores: Scores | null, name: string): MetricScore | undefined {
  return scores?.fields[name.split('.')[0] ?? '']?.metrics[measureOf(name)];
}

/** `fell by 2.1 points (-4.0 to -0.2) since the baseline`, with the interval of the rule about the metric. */
function changeText(
  metric: string,
  rules: readonly RuleVerdict[],
  now: number | null,
  before: MetricScore | undefined,
): string {
  const measure = measureOf(metric);
  const found = rules.find(
    ({ rule, evidence }) =>
      evidence?.metric === metric && rule.rule === 'no_worse_than_baseline' && rule.where === undefined,
  )?.evidence;
  if (found?.difference == null) {
    const change = showChange(measure, before?.value ?? null, now);
    return change === '' ? 'no change can be told' : `${change} since the baseline`;
  }
  const change = showChange(measure, 0, found.difference);
  const signed = (end: number) => `${end < 0 ? '−' : '+'}${showAmount(measure, end).replace(' points', '')}`;
  const range =
    found.interval === null ? '' : ` (${signed(found.interval.low)} to ${signed(found.interval.high)})`;
  return `${change.replace('-', '−')}${range} since the baseline`;
}

function ruleLine({ rule, ruling, because }: RuleVerdict): Markup {
  return element(
    'li',
    {},
    element('span', { class: `ruling ${ruling}` }, `${SIGNS[ruling]} ${ruling}`),
    element('span', {}, element('b', {}, ruleName(rule)), `: ${because}`),
  );
}

function notes({ run, comparison }: Assessment): string[] {
  const found: string[] = [];
  if (run.selection !== null) {
    const { filter, limit } = run.selection;
    const parts = [filter, limit === null ? null : `the first ${limit}`].filter((part) => part !== null);
    found.push(`Only part of the suite was run: ${parts.join(', ')}.`);
  }
  const stop = describeStop(run);
  if (stop !== null) found.push(`This run ${stop}; ${STOPPED_INTERVALS}.`);
  if (comparison !== null && comparison.added.length + comparison.removed.length > 0)
    found.push(
      `Against the baseline: ${plural(comparison.added.length, 'new case')}, ${comparison.removed.length} removed. Changes are told on the cases that both have.`,
    );
  return found;
}

function facts(run: RunRecord, scores: Scores): Markup[] {
  const { invalid, refused, failed } = scores.unusable;
  const share = (count: number) => `${showMetric('accuracy', scores.n === 0 ? null : count / scores.n)}`;
  const { cost_usd: cost } = run.spent;
  const rows: [string, string][] = [
    ['Model', run.model],
    ['Cases', `${plural(scores.n, 'case')}${run.repeats > 1 ? `, each asked ${run.repeats} times` : ''}`],
    ['Without an answer', `${share(invalid)} invalid, ${share(refused)} refused, ${share(failed)} failed`],
    ['Prompt', `${run.prompt.path} ${run.prompt.sha256.slice(0, 12)}`],
    ['Goldens', `${plural(run.goldens.conversations, 'conversation')} ${run.goldens.sha256.slice(0, 12)}`],
    [
      'Commit',
      run.git === null
        ? 'not in git'
        : `${run.git.commit.slice(0, 12)}${run.git.dirty ? ', with changes' : ''}`,
    ],
    ['Run', showTime(run.started_at)],
    [
      'Cost',
      run.asked === 0
        ? 'nothing asked: every answer was recorded'
        : `${showCost(cost)}, ${plural(run.asked, 'question')} asked`,
    ],
  ];
  return rows.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value)));
}

function showCost(cost: number | null): string {
  if (cost === null) return 'unknown';
  return cost === 0 ? 'free' : `US$${cost.toFixed(4)}`;
}

/** `2026-11-22 21:40 UTC`; a text that is no time stays as it is. */
export function showTime(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
