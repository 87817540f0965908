import type { ConfidentJoint, Predicted } from './confident-joint.ts';

/** What the runs say against one label. */
export interface RunEvidence {
  /** The class that is likeliest if the label is wrong. */
  instead: number;
  /**
   * Normalised margin: how much more probable `instead` is than the label, each above the threshold of its class;
   * from -2 to 2.
   */
  margin: number;
  /** Logarithm of a ratio of odds: above 0 the runs speak against the label. */
  logOdds: number;
}

/**
 * Weighs what runs say of each label. The margin is confident learning's, normalised by the thresholds. Of a case
 * labelled `coaching` that runs call `counseling`, its margin is compared with those of the other cases labelled
 * `coaching` and of those labelled `counseling`: the evidence is the mean of two logarithms, of the ratio of the
 * shares that have such a margin or a larger one, and of the ratio of the shares that have such or a smaller one. So a
 * confusion that runs make all the time says little, and one that they make nowhere else says much. Each share has a
 * case added on either side.
 *
 * @returns as the cases
 */
export function runEvidence(
  cases: readonly Predicted[],
  thresholds: ConfidentJoint['thresholds'],
): RunEvidence[] {
  const above = ({ probabilities }: Predicted, label: number) =>
    (probabilities[label] ?? 0) - (thresholds[label] ?? 0);
  const labelled = Map.groupBy(cases, ({ given }) => given);
  const known = new Map<string, number[]>();
  /** Margins for `to` and against `from` of the cases labelled `label`, ascending. */
  const marginsOf = (label: number, from: number, to: number): number[] => {
    const key = `${label} ${from} ${to}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const margins = (labelled.get(label) ?? []).map((each) => above(each, to) - above(each, from));
    margins.sort((a, b) => a - b);
    known.set(key, margins);
    return margins;
  };
  return cases.map((each) => {
    const { given } = each;
    const instead = likeliestInstead(each, (label) => above(each, label), thresholds);
    const margin = above(each, instead) - above(each, given);
    const same = marginsOf(given, given, instead);
    const other = marginsOf(instead, given, instead);
    // The case itself is among those of its label, on either side of its margin.
    const larger = logShare(atLeast(other, margin), other) - logShare(atLeast(same, margin) - 1, same, 1);
    const smaller = logShare(atMost(other, margin), other) - logShare(atMost(same, margin) - 1, same, 1);
    return { instead, margin, logOdds: (larger + smaller) / 2 };
  });
}

/** The class most above its threshold, but for the label's; one that no label gives has no threshold and comes last. */
function likeliestInstead(
  { given, probabilities }: Predicted,
  above: (label: number) => number,
  thresholds: readonly (number | null)[],
): number {
  const rank = (label: number) => above(label) - (thresholds[label] === null ? 1 : 0);
  const others = probabilities.map((_, label) => label).filter((label) => label !== given);
  return others.reduce(
    (best, label) => (rank(label) > rank(best) + ROUNDING ? label : best),
    others[0] ?? given,
  );
}

/** Equal margins of different cases may differ so much. */
const ROUNDING = 1e-9;

function logShare(count: number, of: readonly number[], without = 0): number {
  return Math.log((count + 1) / (of.length - without + 2));
}

function atLeast(ascending: readonly number[], margin: number): number {
  return ascending.length - countBelow(ascending, margin - ROUNDING);
}

function atMost(ascending: readonly number[], margin: number): number {
  return countBelow(ascending, margin + ROUNDING);
}

/** How many of ascending numbers are below a bound. */
function countBelow(ascending: readonly number[], bound: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
