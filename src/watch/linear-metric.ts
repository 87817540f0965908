import type { RunRecord } from '../schema/run-record.ts';
import { measureOf } from '../score/metric-text.ts';

/** Sums over cases, divided by a number that no answer changes. */
const LINEAR = /^(accuracy|subset_accuracy|within_one|mae|jaccard|hamming_loss|recall\..+)$/;

/**
 * Whether a metric (`mood.accuracy`, `flag.recall.true`) is at its best where all that is not known is right, and at
 * its worst where it is unusable. Not so for F1, precision, kappa and correlations: a wrong label may cost another
 * class more than no label would. Nor for the accuracy of a field that can be null: a case for which null is expected
 * counts only where a label is given, so there a wrong label costs more than no answer.
 */
export function isLinear({ fields }: Pick<RunRecord['suite'], 'fields'>, metric: string): boolean {
  const field = fields[metric.slice(0, metric.indexOf('.'))];
  const isNullable = field?.kind === 'nominal' && field.only_where !== undefined;
  const measure = measureOf(metric);
  return LINEAR.test(measure) && !(isNullable && measure === 'accuracy');
}
