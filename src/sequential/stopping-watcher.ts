import type { AnswerWatcher } from '../ask/ask.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { compareWithBaseline } from '../compare/compare.ts';
import { judgeMustPass } from '../judge/judge-must-pass.ts';
import type { Case } from '../plan/case.ts';
import type { Answer, CaseRecord, RunRecord } from '../schema/run-record.ts';
import { type Standing, standingOf } from './decide.ts';
import { gatherEvidence } from './evidence.ts';
import { largestFamily } from './seeded-order.ts';

/** What following the answers to a suite takes. */
export interface Watched {
  suite: RunRecord['suite'];
  repeats: number;
  baseline: Baseline;
}

/** A watcher that counts groups of cases in the order given, each as soon as it and all before it are answered. */
export interface StoppingWatcher extends AnswerWatcher {
  standing(): Standing;
  /** How many groups have been counted: no more once the standing is not open. */
  counted(): number;
}

/** Stops when the rules are decided by families, in the seeded order. Pure: the same answers, the same stop. */
export function watchFamilies(families: readonly (readonly Case[])[], watched: Watched): StoppingWatcher {
  const { suite, repeats } = watched;
  const evidence = gatherEvidence({
    ...{ suite, repeats, families: families.length, answers: families.flat().length * repeats },
    largestFamily: largestFamily(families),
  });
  return watchGroups(families, watched, (family) => {
    const before = acceptedTo(family, watched);
    evidence.add(family.map((now) => ({ now, before: before.get(now.id) ?? null })));
    return breaks(family, watched) ? 'lost' : standingOf(suite, evidence);
  });
}

/** Stops at the first case that a `must_pass` rule wants right and that is not. */
export function watchNamedCases(cases: readonly Case[], watched: Watched): StoppingWatcher {
  const groups = cases.map((each) => [each]);
  return watchGroups(groups, watched, (group) => (breaks(group, watched) ? 'lost' : 'open'));
}

function watchGroups(
  groups: readonly (readonly Case[])[],
  { repeats }: Watched,
  count: (group: readonly CaseRecord[]) => Standing,
): StoppingWatcher {
  const answers = new Map<string, Answer[]>();
  let standing: Standing = 'open';
  let counted = 0;
  const advance = () => {
    while (standing === 'open') {
      const group = groups[counted]?.map((each) => recordOf(each, answers.get(each.id), repeats));
      if (group === undefined) return;
      const whole = group.filter((each) => each !== null);
      if (whole.length < group.length) return;
      counted++;
      standing = count(whole);
    }
  };
  return {
    answered({ id }, repeat, answer) {
      const slots = answers.get(id) ?? [];
      slots[repeat] = answer;
      answers.set(id, slots);
      advance();
    },
    isDecided: () => standing !== 'open',
    standing: () => standing,
    counted: () => counted,
  };
}

/** Null while answers are missing. */
function recordOf(each: Case, slots: readonly Answer[] | undefined, repeats: number): CaseRecord | null {
  const answers = slots?.filter((answer) => answer !== undefined) ?? [];
  if (answers.length < repeats) return null;
  const { request: _request, requestHash, ...subject } = each;
  return { ...subject, request: requestHash, answers };
}

/** Whether one of these cases breaks a `must_pass` rule. */
function breaks(cases: readonly CaseRecord[], watched: Watched): boolean {
  const { suite } = watched;
  const before = acceptedTo(cases, watched);
  return suite.rules.some(
    (rule) =>
      rule.rule === 'must_pass' && judgeMustPass(rule, { suite, cases }, before).ruling === 'regressed',
  );
}

function acceptedTo(cases: readonly CaseRecord[], { suite, repeats, baseline }: Watched) {
  const part = { filter: null, limit: null };
  const { pairs } = compareWithBaseline({ suite, cases: [...cases], repeats, selection: part }, baseline);
  return new Map(pairs.map(({ before }) => [before.id, before]));
}
