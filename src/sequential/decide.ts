import type { RunRecord } from '../schema/run-record.ts';
import type { Rule } from '../schema/suite.ts';
import { holm } from '../statistics/holm.ts';
import type { Evidence } from './evidence.ts';
import { atAnyMoment } from './level-share.ts';

/** How sure it must be that a run stays within its share of unusable answers, before all were asked. */
export const UNUSABLE_ALPHA = 0.05;

/** Error of a floor's interval on either side, as of any 95% interval. */
export const FLOOR_ALPHA = 0.025;

/**
 * Where the asking stands. `lost`: a rule has regressed, and whatever the rest says the gate stays closed. `decided`:
 * every rule that families tell about is held. `open`: go on.
 */
export type Standing = 'lost' | 'decided' | 'open';

/** Where the asking stands by the evidence so far; `must_pass` rules, which are no statistics, left out. */
export function standingOf(suite: RunRecord['suite'], evidence: Evidence): Standing {
  const adjusted = adjustedLosses(suite, evidence);
  let standing: Standing = 'decided';
  for (const rule of suite.rules) {
    if (rule.rule === 'must_pass') continue;
    const ruling = rulingSoFar(rule, evidence, adjusted.get(rule) ?? 1);
    if (ruling === 'regressed') return 'lost';
    if (ruling === 'open') standing = 'open';
  }
  return standing;
}

/** p-values of a loss, by rule, after Holm's adjustment; of rules that compare with the baseline. */
function adjustedLosses({ rules }: RunRecord['suite'], evidence: Evidence): Map<Rule, number> {
  const compared = rules.filter(({ rule }) => rule === 'no_worse_than_baseline');
  const adjusted = holm(
    compared.map((rule) => {
      const found = evidence.of(rule);
      return found?.kind === 'compared' ? atAnyMoment(found.worse()) : 1;
    }),
  );
  return new Map(compared.map((rule, index) => [rule, adjusted[index] ?? 1]));
}

function rulingSoFar(rule: Rule, evidence: Evidence, adjusted: number): 'held' | 'regressed' | 'open' {
  const found = evidence.of(rule);
  switch (found?.kind) {
    case 'compared': {
      const alpha = 'alpha' in rule ? rule.alpha : 0;
      if (adjusted <= alpha) return 'regressed';
      return atAnyMoment(found.lossAtLeastMargin()) <= alpha ? 'held' : 'open';
    }
    case 'floor':
      if (atAnyMoment(found.above()) <= FLOOR_ALPHA) return 'regressed';
      return atAnyMoment(found.below()) <= FLOOR_ALPHA ? 'held' : 'open';
    case 'unusable':
      if (found.isOver()) return 'regressed';
      return found.over() <= UNUSABLE_ALPHA ? 'held' : 'open';
    default:
      // What is spent is judged as it comes to be; all else can be told only when everything is in.
      return rule.rule === 'budget' ? 'held' : 'open';
  }
}
