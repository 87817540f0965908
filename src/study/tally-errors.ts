import type { Labelled } from '../statistics/prevalence.ts';

/**
 * Counts cases by what is true and what was said of them.
 *
 * @param sides the truth first, then what was said
 */
export function tallyErrors<T>(
  cases: readonly T[],
  sides: (each: T) => readonly [truth: boolean, said: boolean],
): Labelled {
  const tally = { truePositive: 0, falseNegative: 0, falsePositive: 0, trueNegative: 0 };
  for (const each of cases) {
    const [truth, said] = sides(each);
    if (truth) tally[said ? 'truePositive' : 'falseNegative'] += 1;
    else tally[said ? 'falsePositive' : 'trueNegative'] += 1;
  }
  return tally;
}

export function labelledCases({
  truePositive,
  falseNegative,
  falsePositive,
  trueNegative,
}: Labelled): number {
  return truePositive + falseNegative + falsePositive + trueNegative;
}
