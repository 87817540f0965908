import { describeChange } from '../../goalposts/describe-change.ts';
import type { GuardedJudgement } from '../../goalposts/judge-guarded.ts';
import { ruleName } from '../../judge/verdict.ts';
import { describeStop, STOPPED_INTERVALS } from '../../record/whole-run.ts';
import { plural, showChange, showInterval, showMetric } from '../../score/metric-text.ts';
import type { ConfusionMatrix, FieldScore } from '../../score/scores.ts';
import type { Block } from './fit-blocks.ts';
import { inertCode, inertText } from './inert-markdown.ts';
import { folded, markdownTable } from './markdown-table.ts';

/** How many changes of the goalposts are listed before the rest are counted. */
const CHANGES_SHOWN = 30;

const MAIN_METRICS: Record<FieldScore['kind'], readonly string[]> = {
  nominal: ['accuracy', 'macro_f1'],
  binary: ['accuracy', 'precision.true', 'recall.true'],
  ordinal: ['accuracy', 'mae', 'qwk'],
  set: ['subset_accuracy', 'jaccard', 'macro_f1'],
};

/** The sentence that a person would say of a suite. */
export function verdictBlock({ assessment, guard, blocks }: GuardedJudgement): Block {
  const word = blocks ? '**closed**' : 'open';
  const person = guard?.verdict.needsPerson === true ? ' A person must allow the moved goalposts.' : '';
  return { kind: 'verdict', markdown: `- ${word}: ${inertText(assessment.verdict.sentence, 600)}.${person}` };
}

/** A suite's rules and its headline metrics. */
export function tableBlock({ assessment }: GuardedJudgement): Block {
  const { run, scores, verdict } = assessment;
  const rules = verdict.rules.map(({ rule, ruling, because }) => [
    ruling === 'held' ? ruling : `**${ruling}**`,
    inertText(ruleName(rule)),
    inertText(because),
  ]);
  const repeats = run.repeats > 1 ? `, ${run.repeats} repeats` : '';
  const parts = [
    `### ${inertText(run.suite.name)}`,
    `${inertCode(run.model)}, ${plural(scores.n, 'case')}${repeats}, prompt ${inertCode(run.prompt.sha256.slice(0, 8))}`,
    ...notes(assessment),
    ...(rules.length === 0 ? [] : [markdownTable(['', 'rule', 'found'], rules)]),
    markdownTable(['metric', 'value', '95% interval', 'change'], metricRows(assessment), 'right'),
  ];
  return { kind: 'table', markdown: parts.join('\n\n') };
}

function notes({ run, scores, comparison }: GuardedJudgement['assessment']): string[] {
  const { invalid, refused, failed } = scores.unusable;
  const found: string[] = [];
  if (run.model === 'embedded')
    found.push('embedded is a floor, not a judge: it matches words and reads nothing.');
  if (run.selection !== null) {
    const { filter, limit } = run.selection;
    const parts = [filter === null ? null : inertText(filter), limit === null ? null : `first ${limit}`];
    found.push(`Only part of the suite: ${parts.filter((part) => part !== null).join(', ')}.`);
  }
  const stop = describeStop(run);
  if (stop !== null) found.push(`This run ${stop}; ${STOPPED_INTERVALS}.`);
  if (invalid + refused + failed > 0)
    found.push(
      `Without a usable answer, counted as wrong: ${invalid} invalid, ${refused} refused, ${failed} failed.`,
    );
  if (comparison === null) found.push('No baseline was accepted yet, so nothing is compared.');
  else if (comparison.added.length + comparison.removed.length > 0)
    found.push(
      `Against the baseline: ${plural(comparison.added.length, 'new case')}, ${comparison.removed.length} removed.`,
    );
  return found;
}

function metricRows({ run, scores, before }: GuardedJudgement['assessment']): string[][] {
  const names = Object.values(scores.fields).flatMap(({ field, kind }) =>
    MAIN_METRICS[kind].map((metric) => ({ field, metric })),
  );
  const [field = '', ...rest] = run.suite.headline.split('.');
  const headline = { field, metric: rest.join('.') };
  const isHeadline = (name: typeof headline) => name.field === field && name.metric === headline.metric;
  return [headline, ...names.filter((name) => !isHeadline(name))].flatMap((name) => {
    const score = scores.fields[name.field]?.metrics[name.metric];
    if (score === undefined) return [];
    const past = before?.fields[name.field]?.metrics[name.metric]?.value ?? null;
    const shown = inertCode(`${name.field}.${name.metric}`);
    return [
      [
        isHeadline(name) ? `**${shown}**` : shown,
        showMetric(name.metric, score.value),
        showInterval(name.metric, score.interval).replace(/^ \((.*)\)$/, '$1'),
        showChange(name.metric, past, score.value),
      ],
    ];
  });
}

/** What the change does to its own goalposts; nothing where nobody asked or nothing moved. */
export function goalpostBlocks({ guard, byOwnLabels }: GuardedJudgement): Block[] {
  if (guard === null || guard.changes.length === 0) return [];
  const { changes, verdict } = guard;
  const listed = changes
    .slice(0, CHANGES_SHOWN)
    .map((change) => `- ${change.loosens ? '**loosens**' : 'moves'}: ${inertText(describeChange(change))}`);
  const more = changes.length - CHANGES_SHOWN;
  const parts = [
    `#### Goalposts\n\n${inertText(verdict.sentence)}`,
    listed.join('\n') + (more > 0 ? `\n- and ${more} more` : ''),
    ...(byOwnLabels === null ? [] : [`By the labels of the change: ${inertText(byOwnLabels.sentence, 600)}`]),
  ];
  return [{ kind: 'goalposts', markdown: parts.join('\n\n') }];
}

/** Confusion matrices, folded: one a field, or one a label of a set. */
export function matrixBlocks({ assessment }: GuardedJudgement): Block[] {
  return Object.values(assessment.scores.fields).flatMap(({ field, matrix, perLabel }) => {
    const named = matrix === null ? Object.entries(perLabel ?? {}) : [['', matrix] as const];
    return named.map(([label, each]): Block => {
      const name = inertCode(label === '' ? field : `${field}: ${label}`);
      return { kind: 'matrix', markdown: folded(`Confusion matrix of ${name}`, matrixTable(each)) };
    });
  });
}

function matrixTable({ rows, columns, counts }: ConfusionMatrix): string {
  const body = rows.map((row, index) => [
    inertCode(row),
    ...(counts[index] ?? []).map((count, column) => {
      const shown = Number.isInteger(count) ? String(count) : count.toFixed(1);
      return count === 0 ? '·' : columns[column] === row ? `**${shown}**` : shown;
    }),
  ]);
  return markdownTable(['expected \\ given', ...columns.map((column) => inertCode(column))], body, 'right');
}
