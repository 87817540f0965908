import { alphaFromSums, disagreementWithin } from '../statistics/krippendorff.ts';
import { type Contribution, type Estimate, estimate, type Resampling } from './estimate.ts';
import type { FieldUnit } from './voted-unit.ts';

/** Above so many classes (distinct sets) the interval would take minutes; alpha itself is still given. */
const MOST_CLASSES_WITH_INTERVAL = 400;

/**
 * Krippendorff's alpha (`statistics/krippendorff.ts`) with its bootstrap interval over families.
 *
 * @param distance of two classes, 0 for equal ones, symmetric
 * @returns null where no unit has two votes, or where only one class was ever given
 */
export function alphaOf(
  units: readonly Pick<FieldUnit, 'family' | 'votes'>[],
  distance: (a: string, b: string) => number,
  resampling: Resampling | null,
): Estimate {
  const voted = units.filter(({ votes }) => votes.length > 1);
  const classes = [...new Set(voted.flatMap(({ votes }) => votes.map(({ value }) => value)))].sort();
  const codes = new Map(classes.map((name, code) => [name, code]));
  const distances = classes.map((a) => Float64Array.from(classes, (b) => distance(a, b)));
  const largest = distances.reduce((most, row) => row.reduce((a, b) => Math.max(a, b), most), 0);
  const contributions = voted.map(({ family, votes }): Contribution => {
    const given = votes.map(({ value }) => codes.get(value) ?? 0);
    const totals = given.map((code) => [code + 1, 1] as const);
    return { family, cells: [[0, disagreementWithin(given, distances)], ...totals] };
  });
  return estimate(
    contributions,
    {
      size: classes.length + 1,
      isCoefficient: true,
      measure: (sums) => alphaFromSums(sums[0] ?? 0, sums.subarray(1), distances),
      worst: (sums) => sums.with(0, largest * sums.subarray(1).reduce((sum, count) => sum + count, 0)),
    },
    classes.length > MOST_CLASSES_WITH_INTERVAL ? null : resampling,
  );
}
