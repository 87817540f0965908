import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { RunRecord } from '../schema/run-record.ts';
import type { BudgetRule, FloorRule, NoWorseRule } from '../schema/suite.ts';
import type { MetricComparison } from '../score/metric-comparison.ts';
import type { Scores } from '../score/scores.ts';
import { FLOOR_ALPHA, UNUSABLE_ALPHA } from '../sequential/decide.ts';
import { atAnyMoment, atTheEnd, confidenceAtTheEnd } from '../sequential/level-share.ts';
import type { RecordedEvidence } from '../sequential/recorded-evidence.ts';
import { judgeBudget } from './judge-budget.ts';
import { judgeFloor } from './judge-floor.ts';
import type { RuleVerdict } from './verdict.ts';

/** An interval with half of the error reaches so much farther, where the error is about normal. */
const REACH_AT_THE_END = normalReach(confidenceAtTheEnd(0.95)) / normalReach(0.95);

/** Why a rule of a run that stopped is undecided. */
export const STOPPED_BEFORE = 'the run stopped when the gate was lost';

/**
 * A comparison with the p-values of a test that was looked at after every family: betting alone where the run
 * stopped, betting and the ordinary test where all was asked. Where it stopped, the interval is a confidence sequence.
 */
export function compareSequentially(
  rule: NoWorseRule,
  found: MetricComparison,
  { evidence, isComplete }: RecordedEvidence,
): MetricComparison {
  const betting = evidence.of(rule);
  if (betting?.kind !== 'compared') {
    if (isComplete) return found;
    const never = { p: 1, method: 'betting' as const };
    return { ...found, interval: null, worse: never, lossAtLeastMargin: never };
  }
  const combined = <Method>(p: number, ordinary: { p: number; method: Method }) => {
    const alone = { p: atAnyMoment(p), method: 'betting' as const };
    if (!isComplete) return alone;
    const both = atTheEnd(p, ordinary.p);
    return both < alone.p ? { p: both, method: ordinary.method } : alone;
  };
  return {
    ...found,
    interval: isComplete ? found.interval : { ...betting.difference(0.95), method: 'betting' },
    worse: combined(betting.worse(), found.worse),
    lossAtLeastMargin: combined(betting.lossAtLeastMargin(), found.lossAtLeastMargin),
  };
}

/** A floor in a sequential run: by betting, and by the ordinary interval, at half of its error, where all was asked. */
export function judgeFloorSequentially(
  rule: FloorRule,
  run: RunRecord,
  scores: Scores,
  { evidence, isComplete }: RecordedEvidence,
): Omit<RuleVerdict, 'rule'> {
  const betting = evidence.of(rule);
  const isBetting = betting?.kind === 'floor';
  const ordinary = judgeFloor(rule, run, scores, isBetting ? REACH_AT_THE_END : 1);
  const { because } = ordinary;
  if (isBetting && atAnyMoment(betting.above()) <= FLOOR_ALPHA) return { ruling: 'regressed', because };
  if (isBetting && atAnyMoment(betting.below()) <= FLOOR_ALPHA) return { ruling: 'held', because };
  return isComplete ? ordinary : { ruling: 'undecided', because: `${because}; ${STOPPED_BEFORE}` };
}

/** Limits of a sequential run: unusable answers as a share of the whole plan, the rest of what was asked. */
export function judgeBudgetSequentially(
  rule: BudgetRule,
  run: RunRecord,
  { evidence, isComplete }: RecordedEvidence,
): Omit<RuleVerdict, 'rule'> {
  const betting = evidence.of(rule);
  if (isComplete || betting?.kind !== 'unusable') return judgeBudget(rule, run);
  const { max_invalid: _share, ...rest } = rule;
  const others = judgeBudget(rest, run);
  const because = [`${betting.count()} answers unusable so far`, others.because].filter(Boolean).join(', ');
  if (betting.isOver() || others.ruling === 'regressed') return { ruling: 'regressed', because };
  if (betting.over() <= UNUSABLE_ALPHA) return { ruling: others.ruling, because };
  return { ruling: 'undecided', because: `${because}; ${STOPPED_BEFORE}` };
}

function normalReach(confidence: number): number {
  return normalQuantile((1 + confidence) / 2, 0, 1);
}
