import { matchesWhere } from '../judge/case-matches.ts';
import type { MustPassRule, Rule } from '../schema/suite.ts';
import type { LoadedSuite } from '../suite/load.ts';
import { compareBaselines } from './compare-baselines.ts';
import { compareGoldens } from './compare-goldens.ts';
import { pairRules, ruleDifferences } from './compare-rules.ts';
import type { GoalpostChange } from './goalpost-change.ts';
import type { Goalposts } from './read-goalposts.ts';

/**
 * Everything that a change does to a suite's goalposts, those that loosen first, else in the order suite,
 * rules, goldens, baselines. Of a suite that the base does not have only that is said.
 */
export function compareGoalposts(base: Goalposts, head: Goalposts): GoalpostChange[] {
  const before = base.suite;
  const after = head.suite;
  if (before === null && base.unreadable.every(({ part }) => part !== 'suite')) {
    return after === null ? [] : [{ kind: 'suite_added', suite: after.suite.name, loosens: false }];
  }
  const rules = [...(before?.suite.rules ?? []), ...(after?.suite.rules ?? [])];
  const known = withoutUnreadable(base, head);
  const changes: GoalpostChange[] = [
    ...unreadableParts('base', base),
    ...unreadableParts('head', head),
    ...(known.suite === null ? [] : compareSuites(known.suite, after)),
    ...(known.suite === null || after === null ? [] : compareRules(base, head, known.suite, after)),
    ...compareGoldens(known, head, rules),
    ...compareBaselines(known, head),
  ];
  return [...changes.filter(({ loosens }) => loosens), ...changes.filter(({ loosens }) => !loosens)];
}

function unreadableParts(side: 'base' | 'head', { unreadable }: Goalposts): GoalpostChange[] {
  return unreadable.map((each) => ({ kind: 'unreadable', side, ...each, loosens: true }));
}

/** What the head has but cannot be read must not pass for something that was deleted. */
function withoutUnreadable(base: Goalposts, head: Goalposts): Goalposts {
  return { ...base, ...Object.fromEntries(head.unreadable.map(({ part }) => [part, null])) };
}

function compareSuites({ suite: was, ...before }: LoadedSuite, after: LoadedSuite | null): GoalpostChange[] {
  if (after === null) return [{ kind: 'suite_removed', suite: was.name, loosens: true }];
  const is = after.suite;
  const changes: GoalpostChange[] = [];
  const note = <T>(old: T, now: T, change: GoalpostChange) => {
    if (old !== now) changes.push(change);
  };
  const undecided = { before: before.onUndecided, after: after.onUndecided };
  const loosens = after.onUndecided === 'warn';
  note(undecided.before, undecided.after, { kind: 'on_undecided_changed', ...undecided, loosens });
  const headline = { before: was.headline, after: is.headline };
  note(headline.before, headline.after, { kind: 'headline_changed', ...headline, loosens: true });
  for (const part of ['fields', 'windows'] as const) {
    const names = redefined(was[part] ?? {}, is[part] ?? {});
    if (names.length > 0) changes.push({ kind: 'fields_changed', of: part, names, loosens: true });
  }
  const labels = { before: before.labels, after: after.labels };
  note(labels.before, labels.after, { kind: 'labels_file_switched', ...labels, loosens: true });
  const prompt = { before: was.prompt, after: is.prompt };
  note(prompt.before, prompt.after, { kind: 'prompt_switched', ...prompt, loosens: false });
  return changes;
}

/** The order counts, of fields as of their labels: the question that a model is asked follows it. */
function redefined(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>) {
  const [old, now] = [Object.keys(before), Object.keys(after)];
  const names = [...new Set([...old, ...now])];
  const isSame = (name: string) => JSON.stringify(before[name]) === JSON.stringify(after[name]);
  return names.filter((name) => !isSame(name) || old.indexOf(name) !== now.indexOf(name));
}

function compareRules(
  base: Goalposts,
  head: Goalposts,
  before: LoadedSuite,
  after: LoadedSuite,
): GoalpostChange[] {
  const { pairs, removed, added } = pairRules(before.suite.rules, after.suite.rules);
  return [
    ...removed.map((rule) => ({ kind: 'rule_removed', rule, loosens: true }) as const),
    ...pairs.flatMap((pair) => comparePair(pair, base, head)),
    ...added.map((rule) => ({ kind: 'rule_added', rule, loosens: false }) as const),
  ];
}

function comparePair(
  pair: { before: Rule; after: Rule },
  base: Goalposts,
  head: Goalposts,
): GoalpostChange[] {
  const lost = lostCases(pair, base, head);
  /** Which cases a rule is about is said once, by the cases themselves where these are known. */
  const differences = ruleDifferences(pair.before, pair.after).filter(
    ({ property }) => lost.length === 0 || (property !== 'cases' && property !== 'where'),
  );
  const loosens = differences.some(({ direction }) => direction !== 'tighter');
  return [
    ...(differences.length === 0 ? [] : [{ kind: 'rule_changed', ...pair, differences, loosens } as const]),
    ...(pair.before.rule !== 'must_pass' || lost.length === 0
      ? []
      : [{ kind: 'must_pass_shrunk', rule: pair.before, cases: lost, loosens: true } as const]),
  ];
}

/** Cases that the base demands of its goldens and the head no longer demands of its own. */
function lostCases({ before, after }: { before: Rule; after: Rule }, base: Goalposts, head: Goalposts) {
  if (before.rule !== 'must_pass' || after.rule !== 'must_pass') return [];
  const demanded = new Set(demandedCases(after, head));
  return demandedCases(before, base).filter((id) => !demanded.has(id));
}

function demandedCases(rule: MustPassRule, { labels, conversations }: Goalposts): string[] {
  return [...(labels?.keys() ?? [])].sort().filter((id) => {
    const [conversation = '', window = null] = id.split('/');
    const golden = conversations?.get(conversation);
    return (
      golden !== undefined &&
      matchesWhere(rule.where, { ...golden, window }) &&
      (rule.cases === undefined || rule.cases.includes(id) || rule.cases.includes(conversation))
    );
  });
}
