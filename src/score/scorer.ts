import type { Field } from '../schema/field.ts';
import type { Value } from '../schema/run-record.ts';
import type { ClassScore, ConfusionMatrix } from './scores.ts';

/** A share of cells: the sum of some over the sum of others. */
export interface Proportion {
  readonly successes: readonly number[];
  readonly trials: readonly number[];
}

/** A weighted sum of cells over another: a mean over cases, such as the mean absolute error. */
export interface Ratio {
  readonly numerator: readonly (readonly [cell: number, weight: number])[];
  readonly denominator: readonly number[];
}

export interface Metric {
  readonly name: string;
  readonly better: 'higher' | 'lower';
  /** Null for a metric that is no proportion of cases, such as F1 or kappa. */
  readonly proportion: Proportion | null;
  /** For a metric that is no proportion and yet a mean over cases; null for all others. */
  readonly mean: Ratio | null;
  /** A coefficient between -1 and 1 whose error shrinks towards the ends. */
  readonly correlation: boolean;
}

/**
 * How a kind of field is scored. Every metric is a function of `cells`, sums over cases of what
 * each adds: so scores can be resampled, sliced and compared without going back to the cases.
 */
export interface Scorer {
  readonly kind: Field['kind'];
  /** Length of the cells. */
  readonly size: number;
  readonly metrics: readonly Metric[];
  /**
   * What one answer adds to the cells.
   *
   * @param given undefined where there is no usable answer; it then counts as wrong
   * @returns null where the case does not count for this field
   */
  additions(expected: Value, given: Value | undefined): [cell: number, value: number][] | null;
  /** The class of an expected value for the majority; null where it has none. */
  classOf(expected: Value): string | null;
  /** Number of cases that the cells hold. */
  count(cells: Float64Array): number;
  /** Writes each metric's value, in the order of `metrics`; NaN where undefined. */
  measure(cells: Float64Array, values: Float64Array): void;
  matrix(cells: Float64Array): ConfusionMatrix | null;
  perLabel(cells: Float64Array): Record<string, ConfusionMatrix> | null;
  classes(cells: Float64Array): ClassScore[];
}
