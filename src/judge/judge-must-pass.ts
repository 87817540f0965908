import type { CaseRecord, RunRecord } from '../schema/run-record.ts';
import type { MustPassRule } from '../schema/suite.ts';
import { shareRight } from '../task/agree.ts';
import { matchesWhere } from './case-matches.ts';
import type { RuleVerdict } from './verdict.ts';

/** Named or tagged cases, each of which must be right, every time it was asked. */
export function judgeMustPass(rule: MustPassRule, run: RunRecord): Omit<RuleVerdict, 'rule'> {
  const cases = run.cases.filter(
    (each) =>
      matchesWhere(rule.where, each) &&
      (rule.cases === undefined || rule.cases.includes(each.id) || rule.cases.includes(each.conversation)),
  );
  const fields = rule.field === undefined ? Object.keys(run.suite.fields) : [rule.field];
  const wrong = cases.filter((each) => fields.some((field) => !isAlwaysRight(run, field, each)));
  if (cases.length === 0) return { ruling: 'undecided', because: 'none of these cases was run' };
  if (wrong.length === 0) return { ruling: 'held', because: `all ${cases.length} right` };
  return {
    ruling: 'regressed',
    because: `${wrong.length} of ${cases.length} wrong: ${wrong.map(({ id }) => id).join(' ')}`,
  };
}

function isAlwaysRight(run: RunRecord, field: string, subject: CaseRecord): boolean {
  return (shareRight(run.suite, field, subject) ?? 1) === 1;
}
