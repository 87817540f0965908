import type { Baseline } from '../baseline/baseline.ts';
import { type Comparison, compareWithBaseline, pairedRuns } from '../compare/compare.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { type MinimalPairs, scoreMinimalPairs } from '../score/minimal-pairs.ts';
import { scoreRun } from '../score/score-run.ts';
import type { Scores } from '../score/scores.ts';
import { type SelfAgreement, selfAgreement } from '../score/self-agreement.ts';
import { countedComparison } from '../sequential/recorded-evidence.ts';
import { countedCases } from '../sequential/seeded-order.ts';
import { judge } from './judge.ts';
import type { Verdict } from './verdict.ts';

/** A run with all that follows from it and its baseline: what every report is made of. */
export interface Assessment {
  run: RunRecord;
  scores: Scores;
  /** Scores of the accepted answers to the same cases, without bootstrap intervals; null without a baseline. */
  before: Scores | null;
  comparison: Comparison | null;
  pairs: MinimalPairs[];
  /** Empty where each case was asked once. */
  stability: SelfAgreement[];
  verdict: Verdict;
}

/**
 * Scores, compares and judges a run; scores and what they are compared with leave out the cases that a sequential
 * run asked for only because a rule names them. Pure: the same record and baseline give the same assessment.
 */
export function assess(run: RunRecord, baseline: Baseline | null): Assessment {
  const scores = scoreRun({ ...run, cases: countedCases(run) });
  const comparison = baseline === null ? null : compareWithBaseline(run, baseline);
  const counted = comparison && countedComparison(comparison, run);
  return {
    run,
    scores,
    before: counted && scoreRun(pairedRuns(counted).before, { resamples: 0 }),
    comparison,
    pairs: scoreMinimalPairs(run),
    stability: selfAgreement(run),
    verdict: judge(run, scores, comparison),
  };
}
