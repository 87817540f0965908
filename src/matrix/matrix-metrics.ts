import { sliceName } from '../judge/verdict.ts';
import type { Field } from '../schema/field.ts';
import type { RunRecord } from '../schema/run-record.ts';
import type { Where } from '../schema/suite.ts';
import { nameMetric } from '../score/metric-text.ts';

/** A metric by which cells are compared, over all cases or a part of them. */
export interface MatrixMetric {
  metric: string;
  where: Where | null;
  /** The loss that must not be, in the metric's unit; null where the choice does not look at it. */
  margin: number | null;
}

/** What a margin is where neither the command nor the suite says. */
const DEFAULT_MARGIN = 0.03;

/** The metric that tells most of a field of each kind. */
const MAIN_METRIC: Record<Field['kind'], string> = {
  nominal: 'accuracy',
  binary: 'accuracy',
  ordinal: 'accuracy',
  set: 'jaccard',
};

type ComparedSuite = Pick<RunRecord['suite'], 'fields' | 'rules'>;

/** The margin of the suite's rule on a metric over all cases; 0.03 where it has none. */
export function marginOf({ rules }: Pick<RunRecord['suite'], 'rules'>, metric: string): number {
  const margins = rules.flatMap((rule) =>
    rule.rule === 'no_worse_than_baseline' && rule.metric === metric && rule.where === undefined
      ? [rule.margin]
      : [],
  );
  return margins[0] ?? DEFAULT_MARGIN;
}

/**
 * All that cells are compared by: first the metric that is chosen by, then those of the suite's rules that
 * compare with a baseline, each with its margin; and, to be looked at only, the metrics of its floors and the
 * main one of each field that none of these is about.
 */
export function metricsOf(suite: ComparedSuite, chosen: { metric: string; margin: number }): MatrixMetric[] {
  const found = new Map<string, MatrixMetric>();
  const add = (metric: MatrixMetric) => {
    const key = metricTitle(metric);
    if (!found.has(key)) found.set(key, metric);
  };
  add({ ...chosen, where: null });
  for (const rule of suite.rules) {
    if (rule.rule === 'no_worse_than_baseline')
      add({ metric: rule.metric, where: rule.where ?? null, margin: rule.margin });
  }
  for (const rule of suite.rules) {
    if (rule.rule === 'floor') add({ metric: rule.metric, where: rule.where ?? null, margin: null });
  }
  const named = new Set([...found.values()].map(({ metric }) => metric.split('.')[0]));
  for (const [field, { kind }] of Object.entries(suite.fields)) {
    if (!named.has(field)) add({ metric: `${field}.${MAIN_METRIC[kind]}`, where: null, margin: null });
  }
  return [...found.values()];
}

/** `recall of pushback`, `accuracy of primary in lang:zh`. */
export function metricTitle({ metric, where }: Pick<MatrixMetric, 'metric' | 'where'>): string {
  return `${nameMetric(metric)}${where === null ? '' : ` in ${sliceName(where)}`}`;
}
