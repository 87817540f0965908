import { matchesWhere } from '../judge/case-matches.ts';
import { concernsCase } from '../judge/judge-must-pass.ts';
import { sliceName } from '../judge/verdict.ts';
import type { SuiteWork } from '../project/load-work.ts';
import { nameMetric } from '../score/metric-text.ts';
import { classesOf, fieldValue } from '../task/task.ts';
import type { JudgedRule } from './possible-rulings.ts';

/** A rule as a sentence names it: `the floor under accuracy of tone in tag:critical`. */
export function nameRule(rule: JudgedRule): string {
  const within = rule.where === undefined ? '' : ` in ${sliceName(rule.where)}`;
  switch (rule.rule) {
    case 'floor':
      return `the floor under ${nameMetric(rule.metric)}${within}`;
    case 'no_worse_than_baseline':
      return `no_worse_than_baseline for ${nameMetric(rule.metric)}${within}`;
    case 'must_pass':
      return `must_pass${rule.field === undefined ? '' : ` for ${rule.field}`}${within}`;
  }
}

/** Cases that a rule's ruling rests on: those of its slice, of a recall or F1 those of its class. */
export function supportOf(rule: JudgedRule, { suite, cases }: Pick<SuiteWork, 'suite' | 'cases'>): number {
  const { task } = suite;
  if (rule.rule === 'must_pass') return cases.filter((each) => concernsCase(rule, each)).length;
  const chosen = cases.filter((each) => matchesWhere(rule.where, each));
  const [name = '', , label] = rule.metric.split('.');
  const field = task.fields[name];
  if (field === undefined) return 0;
  const values = chosen.map(({ expected }) => fieldValue(task, name, expected));
  if (label === undefined || !classesOf(field).includes(label))
    return values.filter((value) => value !== null).length;
  return values.filter((value) => (Array.isArray(value) ? value.includes(label) : String(value) === label))
    .length;
}
