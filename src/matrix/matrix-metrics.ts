import { ORDINARY_MARGIN } from '../judge/ordinary-margin.ts';
import { sliceName } from '../judge/verdict.ts';
import type { RunRecord } from '../schema/run-record.ts';
import type { Where } from '../schema/suite.ts';
import { mainMetric } from '../score/main-metric.ts';
import { nameMetric } from '../score/metric-text.ts';

/** A metric by which cells are compared, over all cases or a part of them. */
export interface MatrixMetric {
  metric: string;
  where: Where | null;
  /** The loss that must not be, in the metric's unit; null where the choice does not look at it. */
  margin: number | null;
}

type ComparedSuite = Pick<RunRecord['suite'], 'fields' | 'rules'>;

/** The margin of the suite's rule on a metric over all cases; 0.03 where it has none. */
export function marginOf({ rules }: Pick<RunRecord['suite'], 'rules'>, metric: string): number {
  const margins = rules.flatMap((rule) =>
    rule.rule === 'no_worse_than_baseline' && rule.metric === metric && rule.where === undefined
      ? [rule.margin]
      : [],
  );
  return margins[0] ?? ORDINARY_MARGIN;
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
  for (const [name, field] of Object.entries(suite.fields)) {
    if (!named.has(name)) add({ metric: `${name}.${mainMetric(field)}`, where: null, margin: null });
  }
  return [...found.values()];
}

/** `recall of pushback`, `accuracy of primary in lang:zh`. */
export function metricTitle({ metric, where }: Pick<MatrixMetric, 'metric' | 'where'>): string {
  return `${nameMetric(metric)}${where === null ? '' : ` in ${sliceName(where)}`}`;
}
