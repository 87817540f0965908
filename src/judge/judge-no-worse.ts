import { type Comparison, pairedRuns } from '../compare/compare.ts';
import type { NoWorseRule } from '../schema/suite.ts';
import { compareMetric } from '../score/compare-metric.ts';
import type { MetricComparison } from '../score/metric-comparison.ts';
import { measureOf, plural, showAmount } from '../score/metric-text.ts';
import { matchesWhere } from './case-matches.ts';
import { STOPPED_BEFORE } from './judge-sequential.ts';
import type { RuleVerdict, Ruling } from './verdict.ts';

export interface CompareRuleOptions {
  /** Of the bootstrap and the sign-flip test; 2,000 where absent. */
  resamples?: number;
  seed?: number;
  /** Whether to work out the smallest visible loss; true where absent. */
  planned?: boolean;
}

/** What a rule's metric did between the baseline and this run, on the cases the rule is about. */
export function compareForRule(
  rule: NoWorseRule,
  comparison: Comparison,
  options: CompareRuleOptions = {},
): MetricComparison {
  const pairs = comparison.pairs.filter(({ now }) => matchesWhere(rule.where, now));
  const { before, now } = pairedRuns({ ...comparison, pairs });
  return compareMetric(before, now, rule.metric, { ...options, margin: rule.margin, alpha: rule.alpha });
}

export interface RunSoFar {
  /** Whether this run is the accepted one over again: then there is nothing to infer. */
  sameAnswers: boolean;
  /** Whether it stopped before all was asked, so that more cases are at hand. */
  isStopped: boolean;
}

/**
 * `regressed` where the loss is significant at alpha, Holm's adjustment for the suite's rules included;
 * else `held` where a loss of the margin or more is ruled out at alpha; else `undecided`, with the number of
 * cases that would decide.
 *
 * @param found null where nothing was accepted yet
 * @param adjustedP the one-sided p-value of a loss after Holm's adjustment
 */
export function judgeNoWorse(
  rule: NoWorseRule,
  found: MetricComparison | null,
  adjustedP: number,
  { sameAnswers, isStopped }: RunSoFar,
): Omit<RuleVerdict, 'rule'> {
  if (found === null) return { ruling: 'undecided', because: 'cannot be compared: nothing was accepted yet' };
  if (sameAnswers) return { ruling: 'held', because: 'the same questions with the same answers' };
  if (found.difference === null) return { ruling: 'undecided', because: 'no case to compare on' };
  const ruling = rulingOf(rule, found, adjustedP);
  const because = [
    describeChange(found),
    ...(ruling === 'undecided' ? [isStopped ? STOPPED_BEFORE : describeNeed(rule, found)] : []),
  ].join('; ');
  return { ruling, because, evidence: { ...found, adjustedP } };
}

function rulingOf(rule: NoWorseRule, found: MetricComparison, adjustedP: number): Ruling {
  if (adjustedP <= rule.alpha) return 'regressed';
  return found.lossAtLeastMargin.p <= rule.alpha ? 'held' : 'undecided';
}

/** `fell by 6.1 points (2.0 to 10.4)`: a loss is given as positive; so is its interval, which a gain may cross. */
function describeChange({ metric, better, difference, interval }: MetricComparison): string {
  const measure = measureOf(metric);
  const change = difference ?? 0;
  const amount = showAmount(measure, change);
  const sign = change < 0 ? -1 : 1;
  const ends = interval === null ? [] : [sign * interval.low, sign * interval.high].sort((a, b) => a - b);
  const range = ends.map((end) => `${end < 0 ? '-' : ''}${showAmount(measure, end).replace(' points', '')}`);
  const within = range.length === 0 ? '' : ` (${range.join(' to ')})`;
  if (Number.parseFloat(amount) === 0) return `did not move${within}`;
  const verb = change > 0 ? 'rose' : 'fell';
  return `${verb} by ${amount}${within}${better === 'lower' ? ', lower being better' : ''}`;
}

function describeNeed({ metric, margin }: NoWorseRule, { moreCases, n }: MetricComparison): string {
  const limit = showAmount(measureOf(metric), margin);
  return moreCases === null
    ? `${plural(n, 'case')} cannot tell whether the loss is under ${limit}`
    : `about ${plural(Math.max(1, moreCases), 'more case')} would tell whether the loss is under ${limit}`;
}
