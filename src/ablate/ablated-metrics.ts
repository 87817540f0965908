import { ORDINARY_MARGIN } from '../judge/ordinary-margin.ts';
import type { RunRecord } from '../schema/run-record.ts';
import type { Where } from '../schema/suite.ts';
import { mainMetric } from '../score/main-metric.ts';

/** A metric that is compared, on all cases or a slice of them. */
export interface AblatedMetric {
  /** `<field>.<metric>` or `<field>.<metric>.<label>`. */
  metric: string;
  where: Where | null;
  /** A change that is smaller than this does not matter, in the metric's unit. */
  margin: number;
}

/** The headline, every metric that a rule names, and one of each field that has no overall metric among these. */
export function ablatedMetrics(
  suite: Pick<RunRecord['suite'], 'fields' | 'headline' | 'rules'>,
): AblatedMetric[] {
  const named = suite.rules.flatMap((rule): AblatedMetric[] => {
    if (rule.rule !== 'floor' && rule.rule !== 'no_worse_than_baseline') return [];
    const margin = rule.rule === 'no_worse_than_baseline' ? rule.margin : ORDINARY_MARGIN;
    return [{ metric: rule.metric, where: rule.where ?? null, margin }];
  });
  const whole = (metric: string): AblatedMetric => ({ metric, where: null, margin: ORDINARY_MARGIN });
  const headline = named.find(({ metric, where }) => metric === suite.headline && where === null);
  const chosen = [headline ?? whole(suite.headline), ...named];
  const isCovered = (field: string) =>
    chosen.some(
      ({ metric, where }) =>
        where === null && metric.startsWith(`${field}.`) && metric.split('.').length === 2,
    );
  for (const [name, field] of Object.entries(suite.fields))
    if (!isCovered(name)) chosen.push(whole(`${name}.${mainMetric(field)}`));
  return strictest(chosen);
}

/** One entry a metric and slice, with the least margin that a rule gives it. */
function strictest(metrics: readonly AblatedMetric[]): AblatedMetric[] {
  const groups = Map.groupBy(metrics, ({ metric, where }) => JSON.stringify([metric, where]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ ...first, margin: Math.min(...group.map(({ margin }) => margin)) }];
  });
}
