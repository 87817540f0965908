import type { RunRecord } from '../schema/run-record.ts';
import type { FloorRule } from '../schema/suite.ts';
import { showInterval, showMetric } from '../score/metric-text.ts';
import { scoreRun } from '../score/score-run.ts';
import type { Scores } from '../score/scores.ts';
import { countedCases } from '../sequential/seeded-order.ts';
import { matchesWhere } from './case-matches.ts';
import type { RuleVerdict } from './verdict.ts';

/**
 * A metric's interval against a minimum: wholly above it holds, wholly below it does not, across it is undecided.
 *
 * @param reach how many times as far as a 95% interval the ruling looks, where that is not as far; the text tells the 95%
 */
export function judgeFloor(
  rule: FloorRule,
  run: RunRecord,
  scores: Scores,
  reach = 1,
): Omit<RuleVerdict, 'rule'> {
  const cases = countedCases(run).filter((each) => matchesWhere(rule.where, each));
  const scored = rule.where === undefined ? scores : scoreRun({ ...run, cases });
  const [field = '', ...rest] = rule.metric.split('.');
  const name = rest.join('.');
  const metric = scored.fields[field]?.metrics[name];
  if (metric?.value == null) return { ruling: 'undecided', because: 'no case to measure it on' };
  const because = `is ${showMetric(name, metric.value)}${showInterval(name, metric.interval)}`;
  const { value } = metric;
  const { low, high } = metric.interval ?? { low: value, high: value };
  if (value - reach * (value - low) >= rule.min) return { ruling: 'held', because };
  return { ruling: value + reach * (high - value) < rule.min ? 'regressed' : 'undecided', because };
}
