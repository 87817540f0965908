import type { Rule } from '../schema/suite.ts';
import { plural } from '../score/metric-text.ts';
import type { FindingOf } from './finding.ts';
import type { LintSubject } from './lint-subject.ts';
import { nameRule, supportOf } from './name-rule.ts';
import type { JudgedRule, PossibleRulings, RuleExtremes } from './possible-rulings.ts';

/** Rules that no answers can break, at today's number of cases and by the code that judges a run. */
export function ruleNeverFails(subject: LintSubject, extremes: RuleExtremes): FindingOf[] {
  return judged(subject, (rule) =>
    rule.rule === 'budget' ? budgetNeverFails(rule) : neverFails(rule, extremes.of(rule), subject),
  );
}

/** Rules that not even right answers meet, at today's number of cases and by the code that judges a run. */
export function ruleNeverHolds(subject: LintSubject, extremes: RuleExtremes): FindingOf[] {
  return judged(subject, (rule) =>
    rule.rule === 'budget' ? budgetNeverHolds(rule, subject) : neverHolds(rule, extremes.of(rule), subject),
  );
}

function judged({ work: { suite } }: LintSubject, say: (rule: Rule) => Said[]): FindingOf[] {
  return suite.suite.rules.flatMap((rule, index) =>
    say(rule).map((said) => ({ file: suite.path, line: suite.line(index), ...said })),
  );
}

type Said = Omit<FindingOf, 'file' | 'line'>;

function neverFails(rule: JudgedRule, { worst }: PossibleRulings, { work }: LintSubject): Said[] {
  const { largestLoss } = limits(rule, work.suite.task.fields);
  if (rule.rule === 'no_worse_than_baseline' && largestLoss !== null && rule.margin >= largestLoss)
    return [
      {
        severity: 'error',
        what: `${nameRule(rule)} forgives every loss: its margin of ${rule.margin} is as much as can be lost`,
        mend: 'Write the smallest loss that matters, such as 0.06',
      },
    ];
  if (worst.includes('regressed')) return [];
  const cases = plural(supportOf(rule, work), 'case');
  if (worst.every((ruling) => ruling === 'held'))
    return [
      {
        severity: 'error',
        what: `${nameRule(rule)} holds with every answer wrong`,
        mend:
          rule.rule === 'floor'
            ? 'Raise min above what wrong answers reach'
            : 'Name a field or cases that an answer can get wrong',
      },
    ];
  return [
    {
      severity: 'warning',
      what: `${nameRule(rule)} can never fail on ${cases}: with every answer wrong it is undecided`,
      mend: 'Add goldens that it is about, or take it out',
    },
  ];
}

function neverHolds(rule: JudgedRule, { best }: PossibleRulings, { work }: LintSubject): Said[] {
  if (best === 'held') return [];
  const severity = work.suite.onUndecided === 'block' || best === 'regressed' ? 'error' : 'warning';
  const cases = plural(supportOf(rule, work), 'case');
  if (rule.rule === 'no_worse_than_baseline')
    return [
      {
        severity,
        what: `${nameRule(rule)} cannot hold on ${cases} unless the metric rises: with no answer changed a loss of ${rule.margin} is not ruled out`,
        mend: 'Widen the margin, or add goldens: touchstone power says how many',
      },
    ];
  return [
    {
      severity,
      what: `${nameRule(rule)} can never hold on ${cases}: with every answer right it is ${best}`,
      mend: rule.rule === 'floor' ? 'Lower min, or add goldens that it is about' : 'Name other cases',
    },
  ];
}

/** The most that the metric of a rule can lose; null where it has no such end or the suite is refused beyond it. */
function limits(
  rule: JudgedRule,
  fields: LintSubject['work']['suite']['task']['fields'],
): { largestLoss: number | null } {
  if (rule.rule !== 'no_worse_than_baseline') return { largestLoss: null };
  const [name = '', measure] = rule.metric.split('.');
  const field = fields[name];
  const isDistance = measure === 'mae' && field?.kind === 'ordinal';
  return { largestLoss: isDistance ? Object.keys(field.levels).length - 1 : null };
}

function budgetNeverFails({ max_invalid: share }: { max_invalid?: number }): Said[] {
  if (share === undefined || share < 1) return [];
  return [
    {
      severity: 'error',
      what: 'max_invalid: 1 holds with every answer unusable',
      mend: 'Write the share that is acceptable, such as 0.02',
    },
  ];
}

function budgetNeverHolds({ max_usd: usd }: { max_usd?: number }, { model }: LintSubject): Said[] {
  if (usd === undefined || model === null) return [];
  if (model.price === null)
    return [
      {
        severity: 'warning',
        what: `max_usd stays undecided: the price of ${model.name} is not known`,
        mend: 'Write it in .touchstone/prices.yaml',
      },
    ];
  if (usd > 0) return [];
  return [
    { severity: 'error', what: `max_usd: 0 fails with any answer of ${model.name}`, mend: 'Write an amount' },
  ];
}
