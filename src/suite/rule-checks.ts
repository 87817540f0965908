import { mendChoice, quote, type ValuePath, type Violation } from '../schema/check.ts';
import type { Field } from '../schema/field.ts';
import type { Rule } from '../schema/suite.ts';
import type { Metric } from '../score/scorer.ts';
import { findMetric } from './metric-problem.ts';

/** What rules may refer to. */
export interface RuleContext {
  /** Of every field, faulty ones included. */
  fieldNames: readonly string[];
  /** The sound ones. */
  fields: ReadonlyMap<string, Field>;
  windowNames: readonly string[];
}

/** What is wrong with the name of a metric at `path`; empty where it exists. */
export function metricViolations(path: ValuePath, name: string, context: RuleContext): Violation[] {
  const found = findMetric(name, context.fieldNames, context.fields);
  return found.kind === 'problem' ? [{ path, what: found.what, mend: found.mend }] : [];
}

/** What a rule must hold beyond its schema: metrics, fields and windows that exist, limits within reach. */
export function ruleViolations(rule: Rule, index: number, context: RuleContext): Violation[] {
  const path = ['rules', index];
  const at = (key: string, what: string, mend: string): Violation => ({ path: [...path, key], what, mend });
  const violations: Violation[] = [];
  if (rule.rule === 'floor' || rule.rule === 'no_worse_than_baseline') {
    violations.push(...metricViolations([...path, 'metric'], rule.metric, context));
    const found = findMetric(rule.metric, context.fieldNames, context.fields);
    if (found.kind === 'metric') violations.push(...limitViolations(rule, path, found.metric));
  }
  if (rule.rule === 'must_pass' && rule.field !== undefined && !context.fieldNames.includes(rule.field)) {
    violations.push(
      at('field', `unknown field ${quote(rule.field)}`, mendChoice(rule.field, context.fieldNames)),
    );
  }
  const window = rule.rule === 'budget' ? undefined : rule.where?.window;
  if (window !== undefined && !context.windowNames.includes(window)) {
    violations.push({
      path: [...path, 'where', 'window'],
      what: `unknown window ${quote(window)}`,
      mend: mendChoice(window, context.windowNames),
    });
  }
  return violations;
}

function limitViolations(
  rule: Extract<Rule, { metric: string }>,
  path: ValuePath,
  { name, better }: Metric,
): Violation[] {
  if (rule.rule === 'floor' && better === 'lower') {
    const what = `a floor under ${rule.metric}, of which less is better`;
    return [{ path: [...path, 'metric'], what, mend: 'Choose a metric of which more is better' }];
  }
  if (rule.rule === 'floor' && rule.min > 1) {
    const what = `the floor ${rule.min} is out of reach, ${rule.metric} being 1 at most`;
    return [{ path: [...path, 'min'], what, mend: 'Write a share, such as 0.8' }];
  }
  if (rule.rule === 'no_worse_than_baseline' && rule.margin >= 1 && name !== 'mae') {
    const what = `the margin ${rule.margin} forgives every loss of ${rule.metric}`;
    return [{ path: [...path, 'margin'], what, mend: 'Write a share, such as 0.03' }];
  }
  return [];
}
