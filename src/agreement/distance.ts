import type { Field } from '../schema/field.ts';
import { membersOf } from './voted-unit.ts';

/** How a disagreement is weighed: all alike, by the square of its distance on the scale, or by what sets share. */
export type DistanceName = 'nominal' | 'interval' | 'MASI';

/** The distance that suits a field, and its name. */
export function distanceOf(field: Field): { name: DistanceName; between: (a: string, b: string) => number } {
  if (field.kind === 'set') return { name: 'MASI', between: masiDistance };
  if (field.kind !== 'ordinal') return { name: 'nominal', between: (a, b) => (a === b ? 0 : 1) };
  const levels = new Map(Object.entries(field.levels));
  return { name: 'interval', between: (a, b) => ((levels.get(a) ?? 0) - (levels.get(b) ?? 0)) ** 2 };
}

/**
 * Distance of two sets: 1 minus their Jaccard index, which counts in full where they are equal, by 2/3 where one
 * holds the other, by 1/3 where they overlap. From 0 (equal, two empty ones too) to 1 (nothing shared).
 *
 * Source: Passonneau (2006), "Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation",
 * LREC, 831-836.
 *
 * @example
 * masiDistance('x', 'x + y'); // 1 - 1/2 * 2/3 = 0.666…
 */
function masiDistance(a: string, b: string): number {
  if (a === b) return 0;
  const [first, second] = [new Set(membersOf(a)), new Set(membersOf(b))];
  const shared = first.intersection(second).size;
  const holds = shared === Math.min(first.size, second.size);
  return 1 - ((shared / first.union(second).size) * (holds ? 2 : 1)) / 3;
}
