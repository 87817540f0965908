import type { Field } from '../schema/field.ts';

/** A 95% confidence interval. */
export interface Interval {
  low: number;
  high: number;
  method: 'wilson' | 'bootstrap';
}

export interface MetricScore {
  /** Null where the metric is undefined: no cases, or 0/0. */
  value: number | null;
  /** Null where the value is, where too few cases carry it, or where it was not asked for. */
  interval: Interval | null;
  better: 'higher' | 'lower';
}

/** Rows expected, columns predicted; the last column is `invalid`, for cases without a usable answer. */
export interface ConfusionMatrix {
  rows: string[];
  columns: string[];
  /** `counts[row][column]`; fractional where there are repeats. */
  counts: number[][];
}

/** One class against all others. A ratio without cases is 0, as in scikit-learn; null where no case counts. */
export interface ClassScore {
  label: string;
  /** Cases whose expected answer it is. */
  support: number;
  precision: number | null;
  recall: number | null;
  f1: number | null;
}

export interface FieldScore {
  field: string;
  kind: Field['kind'];
  /** Cases that count for this field; fractional where a repeat counts and another does not. */
  n: number;
  /** Overall metrics and those of a class, e.g. `accuracy`, `macro_f1`, `recall.true`. */
  metrics: Record<string, MetricScore>;
  classes: ClassScore[];
  /** Null for a set, which has one matrix a label instead. */
  matrix: ConfusionMatrix | null;
  perLabel: Record<string, ConfusionMatrix> | null;
  /**
   * The most frequent expected class, and how often it alone would be right: the accuracy of not
   * looking. For a set, the most frequent set, joined with `+`, or `none`.
   */
  majority: { label: string; share: number };
}

/** A part of the cases: `tag:boundary`, `lang:zh`, `window:opening`. */
interface SliceScore {
  name: string;
  n: number;
  fields: Record<string, FieldScore>;
}

export interface Scores {
  /** Cases. */
  n: number;
  /** Cases without a usable answer, by what became of them; fractional where repeats differ. */
  unusable: { invalid: number; refused: number; failed: number };
  fields: Record<string, FieldScore>;
  slices: SliceScore[];
}
