import type { Comparison } from '../compare/compare.ts';
import { plural } from '../report/numbers.ts';
import type { NoWorseRule } from '../schema/suite.ts';
import { mcnemarCandidateWorse } from '../statistics/mcnemar.ts';
import type { RuleVerdict } from './verdict.ts';

/** The exact one-sided McNemar test on the cases that flipped: a loss that chance does not explain. */
export function judgeNoWorse(rule: NoWorseRule, comparison: Comparison | null): Omit<RuleVerdict, 'rule'> {
  if (comparison === null)
    return { ruling: 'undecided', because: 'nothing was accepted yet to compare with' };
  const [field = ''] = rule.metric.split('.');
  const flips = comparison.flips[field] ?? [];
  const broken = flips.filter(({ change }) => change === 'broken').length;
  const fixed = flips.length - broken;
  const p = mcnemarCandidateWorse({ baselineOnly: broken, candidateOnly: fixed });
  const because = `${plural(broken, 'case')} broken, ${fixed} fixed (p = ${p.toPrecision(2)})`;
  return { ruling: p < rule.alpha ? 'regressed' : 'held', because };
}
