import { pairedRuns } from '../../compare/compare.ts';
import type { Assessment } from '../../judge/assess.ts';
import { plural } from '../../score/metric-text.ts';
import { scoreRun } from '../../score/score-run.ts';
import type { ConfusionMatrix, FieldScore, Scores } from '../../score/scores.ts';
import type { CaseFilter } from './browser/case-filter.ts';
import { element, type Markup } from './html.ts';
import { scopeOf } from './metrics-section.ts';
import { suiteTitle } from './page-data.ts';
import type { PageInput } from './page-input.ts';

/** Where a matrix is from: what its cells ask the list of cases for. */
interface Place {
  /** `1.0`: the second suite's first field. */
  scope: string;
  /** The label of a set that the matrix is about; null elsewhere. */
  label: string | null;
}

/** Confusion matrices of every field, a field of a set having one a label. */
export function matricesSection(input: PageInput): Markup {
  return element(
    'section',
    { id: 'confusion', 'aria-labelledby': 'confusion-title' },
    element('h2', { id: 'confusion-title' }, 'Confusion'),
    element(
      'p',
      { class: 'lead' },
      'Rows are expected, columns are given. A cell has its count, its share of the row, and below it how the count moved since the baseline. Outlined cells are right answers. Press a cell for its cases.',
    ),
    ...input.suites.map(({ assessment }, suite) =>
      element(
        'div',
        { class: 'suite' },
        element('h3', {}, suiteTitle(input, assessment)),
        ...suiteMatrices(assessment, suite),
      ),
    ),
  );
}

function suiteMatrices(assessment: Assessment, suite: number): Markup[] {
  const { scores, before, run } = assessment;
  const paired = pairedScores(assessment);
  return Object.keys(run.suite.fields).flatMap((field): Markup[] => {
    const score = scores.fields[field];
    if (score === undefined) return [];
    const scope = scopeOf(run.suite.fields, suite, field);
    const sides = [before?.fields[field], paired?.fields[field]] as const;
    const tables =
      score.matrix === null
        ? Object.entries(score.perLabel ?? {}).map(([label, matrix]) =>
            table(
              matrix,
              change(sides, (side) => side.perLabel?.[label] ?? null),
              { scope, label },
              label,
            ),
          )
        : [
            table(
              score.matrix,
              change(sides, (side) => side.matrix),
              { scope, label: null },
              field,
            ),
          ];
    return [
      element('h4', {}, field, element('span', { class: 'soft' }, ` ${plural(Math.round(score.n), 'case')}`)),
      element('div', { class: score.matrix === null ? 'matrices small' : 'matrices' }, ...tables),
    ];
  });
}

/** This run's scores on the cases that the baseline has too. */
function pairedScores({ scores, comparison }: Assessment): Scores | null {
  if (comparison === null) return null;
  return comparison.added.length === 0 ? scores : scoreRun(pairedRuns(comparison).now, { resamples: 0 });
}

/** What was added to each cell since the baseline; null without one. */
function change(
  [before, now]: readonly [FieldScore | undefined, FieldScore | undefined],
  matrixOf: (side: FieldScore) => ConfusionMatrix | null,
): number[][] | null {
  const [past, present] = [before, now].map((side) => (side === undefined ? null : matrixOf(side)));
  if (past == null || present == null) return null;
  return present.counts.map((counts, row) =>
    counts.map((count, column) => count - (past.counts[row]?.[column] ?? 0)),
  );
}

function table(matrix: ConfusionMatrix, moved: number[][] | null, place: Place, name: string): Markup {
  const heads = matrix.columns.map((column) =>
    element('th', { scope: 'col' }, element('span', {}, spaced(headOf(place, column)))),
  );
  const rows = matrix.rows.map((row, index) => {
    const counts = matrix.counts[index] ?? [];
    const total = counts.reduce((sum, count) => sum + count, 0);
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, spaced(headOf(place, row))),
      ...matrix.columns.map((column, at) =>
        cell(counts[at] ?? 0, total, moved?.[index]?.[at] ?? 0, { row, column, place }),
      ),
      element('td', { class: 'total' }, showCount(total)),
    );
  });
  const caption = place.label === null ? name : spaced(name);
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': `Confusion matrix of ${name}` },
    element(
      'table',
      { class: 'matrix' },
      element('caption', { class: place.label === null ? 'hidden' : null }, caption),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          element('th', { scope: 'col', class: 'corner' }, 'expected \\ given'),
          ...heads,
          element('th', { scope: 'col' }, 'total'),
        ),
      ),
      element('tbody', {}, ...rows),
    ),
  );
}

function cell(
  count: number,
  total: number,
  moved: number,
  { row, column, place }: { row: string; column: string; place: Place },
): Markup {
  const isRight = row === column;
  const share = total === 0 ? 0 : count / total;
  const shade = count === 0 ? 'none' : String(Math.max(1, Math.round(share * 10)));
  const delta =
    moved === 0
      ? null
      : element('span', { class: 'delta' }, `${moved > 0 ? '+' : '−'}${showCount(Math.abs(moved))}`);
  const attributes = { class: `${isRight ? 'diagonal' : 'off'} shade-${shade}` };
  if (count === 0) return element('td', attributes, element('span', { class: 'zero' }, '·'), delta);
  const filter: Partial<CaseFilter> = {
    show: 'all',
    scope: place.scope,
    expected: className(place, row),
    given: className(place, column),
  };
  const percent = `${Math.round(share * 100)}%`;
  return element(
    'td',
    attributes,
    element(
      'button',
      {
        type: 'button',
        'data-filter': JSON.stringify(filter),
      },
      element('b', {}, showCount(count)),
      element('small', {}, percent),
      delta,
      element(
        'span',
        { class: 'unseen' },
        ` expected ${className(place, row)}, given ${className(place, column)}`,
      ),
    ),
  );
}

/** A row or column as the filter of the list names it. */
function className({ label }: Place, name: string): string {
  if (label === null || name === 'invalid') return name;
  return `${name === 'true' ? 'has' : 'lacks'} ${label}`;
}

/** A row or column under the matrix's caption, which names the label already. */
function headOf({ label }: Place, name: string): string {
  if (label === null || name === 'invalid') return name;
  return name === 'true' ? 'has it' : 'lacks it';
}

/** Lets a long label break after its underscores, without changing how it is spelt. */
function spaced(label: string): Markup {
  const parts = label.split('_');
  return {
    markup: parts
      .map((part, index) => element('span', {}, `${part}${index < parts.length - 1 ? '_' : ''}`).markup)
      .join('<wbr>'),
  };
}

/** Counts are fractional where a case was asked several times. */
function showCount(count: number): string {
  return Number.isInteger(count) ? count.toLocaleString('en') : count.toFixed(1);
}
