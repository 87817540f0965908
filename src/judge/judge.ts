import type { Comparison } from '../compare/compare.ts';
import type { CaseRecord, RunRecord } from '../schema/run-record.ts';
import type { Rule } from '../schema/suite.ts';
import type { MetricComparison } from '../score/metric-comparison.ts';
import type { Scores } from '../score/scores.ts';
import { countedComparison, recordedEvidence } from '../sequential/recorded-evidence.ts';
import { holm } from '../statistics/holm.ts';
import { judgeBudget } from './judge-budget.ts';
import { judgeFloor } from './judge-floor.ts';
import { judgeMustPass } from './judge-must-pass.ts';
import { compareForRule, judgeNoWorse } from './judge-no-worse.ts';
import { compareSequentially, judgeBudgetSequentially, judgeFloorSequentially } from './judge-sequential.ts';
import { verdictSentence } from './sentence.ts';
import type { RuleVerdict, Ruling, Verdict } from './verdict.ts';

export interface JudgeOptions {
  /** Of the bootstrap and the sign-flip test; 2,000 where absent. */
  resamples?: number;
  seed?: number;
  /** Whether to work out the smallest visible loss; true where absent. */
  planned?: boolean;
}

/** A verdict for each of the suite's rules and one for the suite: the worst of them. */
export function judge(
  run: RunRecord,
  scores: Scores,
  comparison: Comparison | null,
  options: JudgeOptions = {},
): Verdict {
  const sequential = recordedEvidence(run, comparison);
  const counted = comparison === null ? null : countedComparison(comparison, run);
  const compared = new Map<Rule, MetricComparison>();
  for (const rule of run.suite.rules) {
    if (rule.rule !== 'no_worse_than_baseline' || counted === null) continue;
    const found = compareForRule(rule, counted, options);
    compared.set(rule, sequential === null ? found : compareSequentially(rule, found, sequential));
  }
  const adjusted = holm([...compared.values()].map(({ worse }) => worse.p));
  const adjustedP = new Map([...compared.keys()].map((rule, index) => [rule, adjusted[index] ?? 1]));
  const isStopped = sequential !== null && !sequential.isComplete;
  const same = comparison !== null && !isStopped && isSameRun(comparison);
  const accepted = comparison && new Map(comparison.pairs.map(({ before }) => [before.id, before]));
  const rules = run.suite.rules.map((rule): RuleVerdict => {
    if (rule.rule === 'floor')
      return {
        rule,
        ...(sequential === null
          ? judgeFloor(rule, run, scores)
          : judgeFloorSequentially(rule, run, scores, sequential)),
      };
    if (rule.rule === 'must_pass') return { rule, ...judgeMustPass(rule, run, accepted) };
    if (rule.rule === 'budget')
      return {
        rule,
        ...(sequential === null ? judgeBudget(rule, run) : judgeBudgetSequentially(rule, run, sequential)),
      };
    const soFar = { sameAnswers: same, isStopped };
    return { rule, ...judgeNoWorse(rule, compared.get(rule) ?? null, adjustedP.get(rule) ?? 1, soFar) };
  });
  const has = (ruling: Ruling) => rules.some((verdict) => verdict.ruling === ruling);
  const ruling: Ruling = has('regressed') ? 'regressed' : has('undecided') ? 'undecided' : 'held';
  const blocks = ruling === 'regressed' || (ruling === 'undecided' && run.suite.on_undecided === 'block');
  const verdict = { suite: run.suite.name, ruling, blocks, rules };
  return { ...verdict, sentence: verdictSentence(verdict, run, scores, comparison) };
}

/** Whether every question and every answer is the baseline's. */
function isSameRun({ pairs }: Comparison): boolean {
  const said = ({ answers }: CaseRecord) =>
    JSON.stringify(answers.map((answer) => ('label' in answer ? answer.label : answer.status)));
  return (
    pairs.length > 0 &&
    pairs.every(({ before, now }) => before.request === now.request && said(before) === said(now))
  );
}
