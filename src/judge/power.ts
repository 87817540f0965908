import type { Comparison } from '../compare/compare.ts';
import type { NoWorseRule } from '../schema/suite.ts';
import type { MetricComparison } from '../score/metric-comparison.ts';
import { measureOf, nameMetric, plural, showAmount } from '../score/metric-text.ts';
import { casesNeeded, smallestVisibleDrop } from '../statistics/mcnemar-plan.ts';
import { compareForRule } from './judge-no-worse.ts';

/** Losses for which a plan gives the number of cases: 2, 3 and 5 points. */
export const PLANNED_LOSSES = [0.02, 0.03, 0.05] as const;

/** Taken where two runs to learn it from do not differ: what two wordings of a prompt commonly do. */
const ASSUMED_DISCORDANCE = 0.1;

/** What a rule can see with a power of 80%. */
export interface RulePower {
  rule: NoWorseRule;
  /** Cases that count for the metric today. */
  n: number;
  /** Share of cases on which two runs differ, 0 … 1; null where the metric is no share of cases. */
  discordant: number | null;
  /** Whether that share is an assumption: no two runs to learn it from, or none that differ. */
  assumed: boolean;
  designEffect: number;
  /** In the metric's unit; null where not even a fall to nothing would be seen. */
  smallestVisibleLoss: number | null;
  /** Cases needed to see each of PLANNED_LOSSES; null where no number would do. */
  casesNeeded: (number | null)[];
}

/**
 * The smallest loss a rule can show with 80% power at today's number of cases, and the cases it would take
 * for 2, 3 and 5 points (0.02, 0.03 and 0.05 where the metric is no share). Holm's adjustment is taken at its
 * strictest: alpha divided by the number of such rules in the suite.
 *
 * @param discordant share of cases on which two runs are taken to differ; what the comparison shows, or an assumption, where null
 */
export function powerOfRule(
  rule: NoWorseRule,
  comparison: Comparison,
  discordant: number | null = null,
): RulePower {
  const peers = comparison.suite.rules.filter((each) => each.rule === 'no_worse_than_baseline').length;
  const alpha = rule.alpha / Math.max(1, peers);
  const found = compareForRule({ ...rule, alpha }, comparison);
  const common = { rule, n: found.n, designEffect: found.designEffect };
  if (found.discordantShare === null) {
    const smallest = found.smallestVisibleLoss;
    return {
      ...common,
      discordant: null,
      assumed: false,
      smallestVisibleLoss: smallest,
      casesNeeded: PLANNED_LOSSES.map((loss) =>
        smallest === null ? null : Math.ceil(found.n * (smallest / loss) ** 2),
      ),
    };
  }
  const measured = discordant === null && found.discordantShare > 0;
  const share = measured ? found.discordantShare : (discordant ?? ASSUMED_DISCORDANCE);
  const planned = { discordant: share, alpha, designEffect: found.designEffect };
  return {
    ...common,
    discordant: share,
    assumed: !measured,
    smallestVisibleLoss: smallestLoss(found, planned),
    casesNeeded: PLANNED_LOSSES.map((loss) => casesNeeded(loss, planned)),
  };
}

function smallestLoss(
  { n }: MetricComparison,
  planned: Parameters<typeof smallestVisibleDrop>[1],
): number | null {
  return n > 0 ? smallestVisibleDrop(n, planned) : null;
}

/** One line for a run's report; null where the suite has no such rule. */
export function powerLine(comparison: Comparison): string | null {
  const rule = comparison.suite.rules.find((each) => each.rule === 'no_worse_than_baseline');
  if (rule === undefined) return null;
  const { n, discordant, assumed, smallestVisibleLoss } = powerOfRule(rule, comparison);
  const subject = `${nameMetric(rule.metric)} on ${plural(n, 'case')}`;
  if (smallestVisibleLoss === null) return `power: no fall of ${subject} could be seen with 80% power`;
  const basis =
    discordant === null
      ? ''
      : `, if ${(discordant * 100).toFixed(0)}% of answers change sides${assumed ? ' (assumed)' : ''}`;
  return `power: this suite can see a fall of ${showAmount(measureOf(rule.metric), smallestVisibleLoss)} in ${subject} with 80% power${basis}`;
}
