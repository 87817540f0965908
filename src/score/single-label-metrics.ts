import { cohenKappa } from '../statistics/cohen-kappa.ts';
import { kendallTauB } from '../statistics/kendall-tau-b.ts';
import { matthewsCorrelation } from '../statistics/matthews.ts';
import { spearman } from '../statistics/spearman.ts';
import { columnSums, rowSums, type Table } from '../statistics/table.ts';

/** A confusion matrix with its margins. Rows expected, columns predicted. */
export interface Confusion {
  /** Labels, then `none` where the field can be null; columns end with unusable answers. */
  table: Table;
  /** Number of labels, `none` and unusable not among them. */
  labels: number;
  n: number;
  /** On the diagonal, by class. */
  hits: number[];
  support: number[];
  predicted: number[];
}

/** The confusion matrix of ordered levels. */
export interface OrdinalConfusion extends Confusion {
  /** The table with unusable answers as the level farthest from the expected one. */
  farthest: Table;
}

export function confusion(table: Table, labels: number): Confusion {
  const support = rowSums(table);
  const hits = support.map((_, i) => table.counts[i * table.columns + i] ?? 0);
  return { table, labels, n: sum(support), hits, support, predicted: columnSums(table) };
}

/** 0 where nothing was predicted as the class, as in scikit-learn. */
export function precision({ hits, predicted }: Confusion, i: number): number {
  return ratio(hits[i], predicted[i]);
}

/** 0 where the class was never expected. */
export function recall({ hits, support }: Confusion, i: number): number {
  return ratio(hits[i], support[i]);
}

/** Harmonic mean of precision and recall; 0 where the class neither occurs nor is predicted. */
export function f1({ hits, support, predicted }: Confusion, i: number): number {
  return ratio(2 * (hits[i] ?? 0), (support[i] ?? 0) + (predicted[i] ?? 0));
}

export function ordinalConfusion(table: Table, labels: number): OrdinalConfusion {
  return { ...confusion(table, labels), farthest: withUnusableFarthest(table) };
}

type Measures<C> = Readonly<Record<string, (confusion: C) => number | null>>;

/** Of one of k labels, ordered or not. */
export const NOMINAL_MEASURES: Measures<Confusion> = {
  accuracy: ({ hits, n }) => sum(hits) / n,
  /** Mean over all labels, those without cases included (as 0). */
  macro_f1: (c) => {
    let total = 0;
    for (let i = 0; i < c.labels; i++) total += f1(c, i);
    return total / c.labels;
  },
  weighted_f1: (c) => {
    let total = 0;
    let cases = 0;
    for (let i = 0; i < c.labels; i++) {
      total += (c.support[i] ?? 0) * f1(c, i);
      cases += c.support[i] ?? 0;
    }
    return cases > 0 ? total / cases : null;
  },
  /** Mean recall over the labels that occur. */
  balanced_accuracy: (c) => {
    let total = 0;
    let present = 0;
    for (let i = 0; i < c.labels; i++) {
      if ((c.support[i] ?? 0) > 0) present++;
      total += recall(c, i);
    }
    return present > 0 ? total / present : null;
  },
  kappa: ({ table }) => cohenKappa(table),
  mcc: ({ table }) => matthewsCorrelation(table),
};

/**
 * Of ordered levels. An unusable answer is never within one level; elsewhere it counts as the level
 * farthest from the expected one (half as each end, where both are as far).
 */
export const ORDINAL_MEASURES: Measures<OrdinalConfusion> = {
  within_one: ({ table, n }) => {
    let near = 0;
    for (const cell of nearCells(table.rows, table.columns)) near += table.counts[cell] ?? 0;
    return near / n;
  },
  /** Mean distance in levels. */
  mae: ({ table, farthest, n }) => {
    let distance = 0;
    for (let i = 0; i < table.rows; i++)
      for (let j = 0; j < table.rows; j++)
        distance += Math.abs(i - j) * (farthest.counts[i * table.rows + j] ?? 0);
    return distance / n;
  },
  qwk: ({ farthest }) => cohenKappa(farthest, 'quadratic'),
  lwk: ({ farthest }) => cohenKappa(farthest, 'linear'),
  kendall_tau_b: ({ farthest }) => kendallTauB(farthest),
  spearman: ({ farthest }) => spearman(farthest),
};

/** Cells of usable answers at most one level off. */
export function nearCells(levels: number, columns: number): number[] {
  const cells: number[] = [];
  for (let i = 0; i < levels; i++)
    for (let j = Math.max(0, i - 1); j <= Math.min(levels - 1, i + 1); j++) cells.push(i * columns + j);
  return cells;
}

function withUnusableFarthest({ rows, columns, counts }: Table): Table {
  const folded = new Array<number>(rows * rows).fill(0);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) folded[i * rows + j] = counts[i * columns + j] ?? 0;
    const unusable = counts[i * columns + rows] ?? 0;
    const toLowest = 2 * i === rows - 1 ? 0.5 : 2 * i > rows - 1 ? 1 : 0;
    const lowest = i * rows;
    const highest = i * rows + rows - 1;
    folded[lowest] = (folded[lowest] ?? 0) + unusable * toLowest;
    folded[highest] = (folded[highest] ?? 0) + unusable * (1 - toLowest);
  }
  return { rows, columns: rows, counts: folded };
}

function ratio(part: number | undefined, whole: number | undefined): number {
  return whole === undefined || whole <= 0 ? 0 : (part ?? 0) / whole;
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] ?? 0;
  return total;
}
