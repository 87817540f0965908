import type { CasePair } from '../compare/flips.ts';
import { matchesWhere } from '../judge/case-matches.ts';
import type { CaseRecord, RunRecord } from '../schema/run-record.ts';
import type { FloorRule, NoWorseRule, Rule } from '../schema/suite.ts';
import { bettingTest } from '../statistics/betting.ts';
import { confidenceSequence, type FamilySum } from '../statistics/confidence-sequence.ts';
import { totalWithin } from '../statistics/finite-total.ts';
import type { Range } from '../statistics/range.ts';
import { caseMean } from './case-mean.ts';

/** What is known of a sequential run before the first question. */
export interface SequentialPlan {
  suite: RunRecord['suite'];
  /** Answers that there are to get: cases times repeats. */
  answers: number;
  families: number;
  repeats: number;
  /** The largest number of cases in one family. */
  largestFamily: number;
}

/** The cases of one family with the accepted answers to them; null where nothing was accepted. */
type AskedFamily = readonly { now: CaseRecord; before: CaseRecord | null }[];

/** Against a rule that compares with the baseline: betting tests, valid after every family. */
interface ComparedEvidence {
  kind: 'compared';
  /** p-value of "no loss": small where a loss is shown. */
  worse(): number;
  /** p-value of "a loss of the margin or more": small where it is ruled out. */
  lossAtLeastMargin(): number;
  /** Confidence sequence of the difference, candidate minus baseline. */
  difference(confidence: number): Range;
}

/** Against a floor: on either side of the minimum. */
interface FloorEvidence {
  kind: 'floor';
  /** p-value of "below the minimum": small where the metric is shown to be above. */
  below(): number;
  /** p-value of "at the minimum or above". */
  above(): number;
}

/** Against a limit of unusable answers: of the whole plan, which is a finite population. */
interface UnusableEvidence {
  kind: 'unusable';
  isOver(): boolean;
  /** p-value of "over the limit in the end". */
  over(): number;
  /** How many so far. */
  count(): number;
}

type RuleEvidence = ComparedEvidence | FloorEvidence | UnusableEvidence;

/** All that a sequential run has shown so far. */
export interface Evidence {
  /** One more family, all of its cases answered, in the seeded order. */
  add(family: AskedFamily): void;
  /** Null for a rule that families say nothing about before all are in. */
  of(rule: Rule): RuleEvidence | null;
}

type Gathering = RuleEvidence & { add(family: AskedFamily): void };

/** Evidence for the rules of a suite, from nothing. Pure: the same families in the same order, the same evidence. */
export function gatherEvidence(plan: SequentialPlan): Evidence {
  const gathered = new Map<Rule, Gathering>();
  for (const rule of plan.suite.rules) {
    const gathering = gatheringFor(rule, plan);
    if (gathering !== null) gathered.set(rule, gathering);
  }
  return {
    add(family) {
      for (const gathering of gathered.values()) gathering.add(family);
    },
    of: (rule) => gathered.get(rule) ?? null,
  };
}

function gatheringFor(rule: Rule, plan: SequentialPlan): Gathering | null {
  switch (rule.rule) {
    case 'no_worse_than_baseline':
      return compared(rule, plan);
    case 'floor':
      return aboveFloor(rule, plan);
    case 'budget':
      return rule.max_invalid === undefined ? null : unusable(rule.max_invalid, plan);
    case 'must_pass':
      return null;
  }
}

/**
 * Families are independent draws; a family's loss is the sum over its cases, which may depend on each other as they
 * like. "No loss" says that its expectation is 0 or less, "a loss of the margin" that the expectation of the margin
 * times its cases less the loss is.
 */
function compared(rule: NoWorseRule, { suite, largestFamily }: SequentialPlan): Gathering | null {
  const metric = caseMean(suite, rule.metric);
  if (metric === null) return null;
  const { most, better } = metric;
  const sign = better === 'higher' ? 1 : -1;
  const worse = bettingTest(-most * largestFamily);
  const atLeastMargin = bettingTest(Math.min(-1e-9, (rule.margin - most) * largestFamily));
  const differences: FamilySum[] = [];
  return {
    kind: 'compared',
    add(family) {
      const pairs = family.filter(
        (pair): pair is CasePair => pair.before !== null && matchesWhere(rule.where, pair.now),
      );
      if (pairs.length === 0) return;
      const was = metric.partsOf(pairs.map(({ before }) => before));
      const is = metric.partsOf(pairs.map(({ now }) => now));
      const weight = sumOf(is, (parts) => parts.weight);
      const difference = sumOf(is, ({ value }) => value) - sumOf(was, ({ value }) => value);
      worse.observe(-sign * difference);
      atLeastMargin.observe(rule.margin * weight + sign * difference);
      differences.push({ value: difference, weight });
    },
    worse: () => worse.p(),
    lossAtLeastMargin: () => atLeastMargin.p(),
    difference: (confidence) =>
      confidenceSequence(differences, { low: -most, high: most, largestWeight: largestFamily }, confidence),
  };
}

function aboveFloor(rule: FloorRule, { suite, largestFamily }: SequentialPlan): Gathering | null {
  const metric = caseMean(suite, rule.metric);
  if (metric === null) return null;
  const below = bettingTest(Math.min(-1e-9, -rule.min * largestFamily));
  const above = bettingTest(Math.min(-1e-9, (rule.min - metric.most) * largestFamily));
  return {
    kind: 'floor',
    add(family) {
      const parts = metric.partsOf(
        family.map(({ now }) => now).filter((each) => matchesWhere(rule.where, each)),
      );
      const over = sumOf(parts, ({ value, weight }) => value - rule.min * weight);
      below.observe(over);
      above.observe(-over);
    },
    below: () => below.p(),
    above: () => above.p(),
  };
}

function unusable(share: number, { answers, families, repeats, largestFamily }: SequentialPlan): Gathering {
  const limit = Math.floor(share * answers + 1e-9);
  const within = totalWithin(limit, { draws: families, largest: repeats * largestFamily });
  let count = 0;
  let left = answers;
  return {
    kind: 'unusable',
    add(family) {
      const given = family.flatMap(({ now }) => now.answers);
      const without = given.filter(({ status }) => status !== 'answered').length;
      within.observe(without);
      count += without;
      left -= given.length;
    },
    isOver: () => count > limit,
    over: () => (count + left <= limit ? 0 : within.p()),
    count: () => count,
  };
}

function sumOf<Item>(items: readonly Item[], amount: (item: Item) => number): number {
  let sum = 0;
  for (const item of items) sum += amount(item);
  return sum;
}
