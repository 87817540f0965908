import type { RunRecord } from '../schema/run-record.ts';
import type { BudgetRule } from '../schema/suite.ts';
import type { RuleVerdict } from './verdict.ts';

/** Share of answers that cannot be used, cost and time of the asking, each against its limit. */
export function judgeBudget(rule: BudgetRule, run: RunRecord): Omit<RuleVerdict, 'rule'> {
  const answers = run.cases.flatMap((each) => each.answers);
  const over: string[] = [];
  const within: string[] = [];
  const note = (ok: boolean, text: string) => (ok ? within : over).push(text);
  if (rule.max_invalid !== undefined) {
    const unusable = answers.filter(({ status }) => status !== 'answered').length;
    const share = answers.length === 0 ? 0 : unusable / answers.length;
    note(share <= rule.max_invalid, `${unusable} of ${answers.length} answers unusable`);
  }
  if (rule.max_usd !== undefined) {
    const costs = answers.map(({ usage }) => usage.cost_usd);
    if (costs.includes(null)) return { ruling: 'undecided', because: 'the price of this model is not known' };
    const usd = costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
    note(usd <= rule.max_usd, `cost US$${usd.toFixed(2)}`);
  }
  if (rule.max_seconds !== undefined)
    note(run.seconds <= rule.max_seconds, `took ${run.seconds.toFixed(1)} s`);
  return over.length > 0
    ? { ruling: 'regressed', because: over.join(', ') }
    : { ruling: 'held', because: within.join(', ') };
}
