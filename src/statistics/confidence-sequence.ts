import { bettingTest } from './betting.ts';
import type { Range } from './range.ts';

/** What a family of cases adds to a mean over cases: a sum, and over how many cases it is taken. */
export interface FamilySum {
  value: number;
  /** From 0; `value` lies between `weight` times the ends of the range. */
  weight: number;
}

/** Bounds that are known before anything is seen. */
export interface SumBounds {
  /** What one case can add at least and at most; `low` below `high`. */
  low: number;
  high: number;
  /** The largest weight that a family can have, above 0. */
  largestWeight: number;
}

/** Halvings of the range in which an end is sought: more than a double can tell apart in practice. */
const HALVINGS = 40;

/**
 * A confidence sequence of a mean over cases: an interval that may be looked at after every family, and covers
 * the mean at all those moments at once with the confidence asked for. It holds the means that no betting test
 * has rejected so far, each side at half of the error. The mean is the ratio of two expectations, that of a
 * family's sum and that of its weight; families are independent, cases within one need not be.
 *
 * Source: Waudby-Smith and Ramdas (2024), "Estimating means of bounded random variables by betting", J. R. Stat.
 * Soc. B 86, 1-27, section 4.
 *
 * @param families in the order in which they were seen
 * @param confidence within (0, 1)
 *
 * @example
 * const families = Array.from({ length: 100 }, (_, i) => ({ value: i % 2, weight: 1 }));
 * confidenceSequence(families, { low: 0, high: 1, largestWeight: 1 }, 0.95); // { low: 0.337…, high: 0.657… }
 */
export function confidenceSequence(
  families: readonly FamilySum[],
  bounds: SumBounds,
  confidence: number,
): Range {
  const { low, high } = bounds;
  const level = (1 - confidence) / 2;
  const isAbove = (mean: number) => meanAtMostTest(families, mean, bounds) <= level;
  const mirrored = families.map(({ value, weight }) => ({ value: -value, weight }));
  const isBelow = (mean: number) =>
    meanAtMostTest(mirrored, -mean, { ...bounds, low: -high, high: -low }) <= level;
  return { low: lastOf(isAbove, low, high), high: lastOf(isBelow, high, low) };
}

/** p-value of the mean being `mean` at most; falls with the mean, which is what allows halving. */
function meanAtMostTest(
  families: readonly FamilySum[],
  mean: number,
  { low, largestWeight }: SumBounds,
): number {
  const test = bettingTest((low - mean) * largestWeight);
  for (const { value, weight } of families) test.observe(value - mean * weight);
  return test.p();
}

/** The point nearest to `to` for which something is true, where it is true from `from` on up to some point. */
function lastOf(isTrue: (point: number) => boolean, from: number, to: number): number {
  let [near, far] = [from, to];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (near + far) / 2;
    if (isTrue(middle)) near = middle;
    else far = middle;
  }
  return near;
}
