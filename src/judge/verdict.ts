import type { Rule } from '../schema/suite.ts';
import type { MetricComparison } from '../score/metric-comparison.ts';
import { nameMetric } from '../score/metric-text.ts';

/** `held`: shown to hold. `regressed`: shown not to. `undecided`: the cases at hand cannot tell. */
export type Ruling = 'held' | 'regressed' | 'undecided';

export interface RuleVerdict {
  rule: Rule;
  ruling: Ruling;
  /** What was found, as a clause without a full stop: `fell by 6.1 points (2.0 to 10.4)`. */
  because: string;
  /** The paired comparison behind it, where it rests on one. */
  evidence?: MetricComparison & { adjustedP: number };
}

export interface Verdict {
  suite: string;
  /** The worst of its rules. */
  ruling: Ruling;
  /** Whether the gate is closed: a rule regressed, or is undecided where the suite blocks on that. */
  blocks: boolean;
  rules: RuleVerdict[];
  /** One sentence a person would say. */
  sentence: string;
}

/** `primary.accuracy of lang:zh`: what a rule is about, as a person would name it. */
export function ruleName(rule: Rule): string {
  const where = 'where' in rule && rule.where !== undefined ? ` of ${sliceName(rule.where)}` : '';
  switch (rule.rule) {
    case 'floor':
      return `${nameMetric(rule.metric)}${where} at least ${rule.min}`;
    case 'no_worse_than_baseline':
      return `${nameMetric(rule.metric)}${where} no worse than the baseline`;
    case 'must_pass':
      return `${rule.cases === undefined ? 'every case' : `${rule.cases.length} named cases`}${where} right${rule.field === undefined ? '' : ` in ${rule.field}`}`;
    case 'budget': {
      const limits = [
        rule.max_invalid === undefined
          ? null
          : `unusable answers at most ${(rule.max_invalid * 100).toFixed(1)}%`,
        rule.max_usd === undefined ? null : `cost at most US$${rule.max_usd}`,
        rule.max_seconds === undefined ? null : `time at most ${rule.max_seconds} s`,
      ];
      return limits.filter((limit) => limit !== null).join(', ');
    }
  }
}

/** `tag:critical`, or several joined by `, `. */
export function sliceName(where: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(where)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}:${value}`)
    .join(', ');
}
