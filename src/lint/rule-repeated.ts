import { canonicalJson } from '../plan/fingerprint.ts';
import type { Rule } from '../schema/suite.ts';
import type { FindingOf } from './finding.ts';
import type { LintSubject } from './lint-subject.ts';

/** Rules that an earlier or later rule makes superfluous: the same over again, or the same with a looser limit. */
export function ruleRepeated({ work }: LintSubject): FindingOf[] {
  const { rules } = work.suite.suite;
  return rules.flatMap((rule, index): FindingOf[] => {
    const stricter = rules.findIndex((other, at) => at !== index && implies(other, rule, at < index));
    if (stricter === -1) return [];
    const line = work.suite.line(stricter);
    const isSame = canonicalJson(rules[stricter]) === canonicalJson(rule);
    return [
      {
        file: work.suite.path,
        line: work.suite.line(index),
        severity: 'warning',
        what: isSame
          ? `the rule says what that on line ${line} says`
          : `the rule holds whenever that on line ${line} does`,
        mend: 'Keep the stricter one: each comparison more makes all of them less sensitive',
      },
    ];
  });
}

/** Whether `rule` adds nothing to `other`; of two that are equal, the later one adds nothing. */
function implies(other: Rule, rule: Rule, isEarlier: boolean): boolean {
  const mine = split(rule);
  const theirs = split(other);
  if (mine.subject !== theirs.subject) return false;
  const limits = Object.entries(mine.limits);
  // Each limit of the rule must be set by the other one too, and as strictly.
  if (!limits.every(([name, limit]) => (theirs.limits[name] ?? Number.POSITIVE_INFINITY) <= limit))
    return false;
  const isStricter = limits.some(([name, limit]) => (theirs.limits[name] ?? limit) < limit);
  return isStricter || isEarlier || Object.keys(theirs.limits).length > limits.length;
}

/** What a rule is about, and its limits, of each of which less is stricter. */
function split(rule: Rule): { subject: string; limits: Record<string, number> } {
  switch (rule.rule) {
    case 'floor': {
      const { min, ...rest } = rule;
      return { subject: canonicalJson(rest), limits: { min: -min } };
    }
    case 'no_worse_than_baseline': {
      const { margin, ...rest } = rule;
      return { subject: canonicalJson(rest), limits: { margin } };
    }
    case 'must_pass':
      return { subject: canonicalJson(rule), limits: {} };
    case 'budget': {
      const { rule: kind, ...limits } = rule;
      return { subject: kind, limits };
    }
  }
}
