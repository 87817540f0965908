import type { Comparison } from '../compare/compare.ts';
import type { RunRecord } from '../schema/run-record.ts';
import type { Rule } from '../schema/suite.ts';
import type { Scores } from '../score/scores.ts';
import { judgeBudget } from './judge-budget.ts';
import { judgeFloor } from './judge-floor.ts';
import { judgeMustPass } from './judge-must-pass.ts';
import { judgeNoWorse } from './judge-no-worse.ts';
import { verdictSentence } from './sentence.ts';
import type { RuleVerdict, Ruling, Verdict } from './verdict.ts';

/** A verdict for each of the suite's rules and one for the suite: the worst of them. */
export function judge(run: RunRecord, scores: Scores, comparison: Comparison | null): Verdict {
  const rules = run.suite.rules.map(
    (rule): RuleVerdict => ({ rule, ...judgeRule(rule, run, scores, comparison) }),
  );
  const has = (ruling: Ruling) => rules.some((verdict) => verdict.ruling === ruling);
  const ruling: Ruling = has('regressed') ? 'regressed' : has('undecided') ? 'undecided' : 'held';
  const blocks = ruling === 'regressed' || (ruling === 'undecided' && run.suite.on_undecided === 'block');
  const verdict = { suite: run.suite.name, ruling, blocks, rules };
  return { ...verdict, sentence: verdictSentence(verdict, run, scores, comparison) };
}

function judgeRule(rule: Rule, run: RunRecord, scores: Scores, comparison: Comparison | null) {
  switch (rule.rule) {
    case 'floor':
      return judgeFloor(rule, run, scores);
    case 'no_worse_than_baseline':
      return judgeNoWorse(rule, comparison);
    case 'must_pass':
      return judgeMustPass(rule, run);
    case 'budget':
      return judgeBudget(rule, run);
  }
}
