import type { CaseRecord, RunRecord } from '../schema/run-record.ts';
import type { MustPassRule } from '../schema/suite.ts';
import { shareRight } from '../task/agree.ts';
import { matchesWhere } from './case-matches.ts';
import type { RuleVerdict } from './verdict.ts';

/** Whether a case is one that a rule names, by itself or by what it is. */
export function concernsCase(
  rule: MustPassRule,
  subject: Pick<CaseRecord, 'id' | 'conversation' | 'tags' | 'lang' | 'window'>,
): boolean {
  return (
    matchesWhere(rule.where, subject) &&
    (rule.cases === undefined || rule.cases.includes(subject.id) || rule.cases.includes(subject.conversation))
  );
}

/**
 * Named or tagged cases, each of which must be right; asked several times, in more than half of its answers.
 * With `known_failures: allowed`, one that the accepted answers get wrong as well is counted apart.
 *
 * @param accepted cases with the accepted answers, by id; null where nothing was accepted yet
 */
export function judgeMustPass(
  rule: MustPassRule,
  run: { suite: RunRecord['suite']; cases: readonly CaseRecord[] },
  accepted: ReadonlyMap<string, CaseRecord> | null,
): Omit<RuleVerdict, 'rule'> {
  const cases = run.cases.filter((each) => concernsCase(rule, each));
  const fields = rule.field === undefined ? Object.keys(run.suite.fields) : [rule.field];
  const isWrong = (each: CaseRecord) => fields.some((field) => !isRight(run, field, each));
  const isKnown = ({ id }: CaseRecord) => {
    const before = accepted?.get(id);
    return rule.known_failures === 'allowed' && before !== undefined && isWrong(before);
  };
  const wrong = cases.filter(isWrong);
  const broken = wrong.filter((each) => !isKnown(each));
  const known = wrong.length - broken.length;
  const besides = known === 0 ? '' : `, besides ${known} that the baseline gets wrong too`;
  if (cases.length === 0) return { ruling: 'undecided', because: 'none of these cases was run' };
  if (broken.length === 0) {
    return { ruling: 'held', because: `${cases.length - known} of ${cases.length} right${besides}` };
  }
  const ids = broken.map(({ id }) => id).join(' ');
  return { ruling: 'regressed', because: `${broken.length} of ${cases.length} wrong${besides}: ${ids}` };
}

function isRight(run: { suite: RunRecord['suite'] }, field: string, subject: CaseRecord): boolean {
  return (shareRight(run.suite, field, subject) ?? 1) > 0.5;
}
