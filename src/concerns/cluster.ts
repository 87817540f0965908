import { centresOf, kMeans } from './k-means.ts';
import { type TermMatrix, termMatrix } from './term-matrix.ts';

/** Lines by what they have in common; lines stand for themselves by their position. */
export interface Clusters {
  /** At least `minGroup` lines each, the greatest first. */
  groups: number[][];
  /** Lines of groups that were too small and went into the nearest one. */
  merged: number;
  /** Lines in no group: unlike all others, or in a group that was too small and near to none. */
  dropped: number;
}

const MAX_GROUPS = 100;
/** So many are tried, where the lines suffice, so that a small study does not come out as two or three. */
const SOME_GROUPS = 20;
/** Cosine from which a line belongs to its group, and a small group to another. */
const NEAR = 0.2;

/**
 * Groups short lines by the words they share: TF-IDF and spherical k-means, then groups below `minGroup` join the
 * nearest, smallest first, or are dropped. The same lines in the same order and the same seed give the same groups.
 *
 * @param minGroup lines that a group needs, at least 1
 */
export function clusterLines(
  lines: readonly string[],
  { minGroup, seed }: { minGroup: number; seed: number },
): Clusters {
  const matrix = termMatrix(lines);
  const groups = groupsFor(lines.length, minGroup);
  const { group, similarity } = kMeans(matrix, { groups, seed });
  for (const [row, cosine] of similarity.entries()) if (cosine < NEAR) group[row] = -1;
  const merged = mergeSmall(matrix, groups, group, minGroup);
  const members = Array.from({ length: groups }, (): number[] => []);
  for (const [row, own] of group.entries()) members[own]?.push(row);
  const shown = members.filter(({ length }) => length >= minGroup).sort((a, b) => b.length - a.length);
  return {
    groups: shown,
    merged,
    dropped: lines.length - shown.reduce((sum, { length }) => sum + length, 0),
  };
}

/** √(n / 2m), Mardia's rule with the smallest group as its unit; more in a small study, as far as its lines suffice. */
function groupsFor(lines: number, minGroup: number): number {
  const rule = Math.round(Math.sqrt(lines / (2 * minGroup)));
  const possible = Math.floor(lines / minGroup);
  return Math.max(1, Math.min(MAX_GROUPS, Math.max(rule, Math.min(possible, SOME_GROUPS))));
}

/** Moves the rows of groups that are too small into the nearest group, or into none; says how many joined one that is shown. */
function mergeSmall(matrix: TermMatrix, groups: number, group: Int32Array, minGroup: number): number {
  const sizes = new Map<number, number>();
  for (const own of group) if (own !== -1) sizes.set(own, (sizes.get(own) ?? 0) + 1);
  const joined = new Map<number, number>();
  for (;;) {
    const [smallest] = [...sizes].sort(([, a], [, b]) => a - b);
    if (smallest === undefined || smallest[1] >= minGroup) break;
    const [small, size] = smallest;
    sizes.delete(small);
    const nearest = nearestGroup(centresOf(matrix, groups, group), groups, small, [...sizes.keys()]);
    for (const [row, own] of group.entries()) if (own === small) group[row] = nearest;
    if (nearest === -1) continue;
    sizes.set(nearest, (sizes.get(nearest) ?? 0) + size);
    joined.set(nearest, (joined.get(nearest) ?? 0) + size);
  }
  return [...sizes.keys()].reduce((sum, shown) => sum + (joined.get(shown) ?? 0), 0);
}

/** Of the others the one with the nearest centre, -1 where none is near. */
function nearestGroup(centres: Float64Array, groups: number, own: number, others: readonly number[]): number {
  const cosines = new Float64Array(groups);
  for (let base = 0; base < centres.length; base += groups) {
    const weight = centres[base + own] ?? 0;
    if (weight === 0) continue;
    for (const other of others)
      cosines[other] = (cosines[other] ?? 0) + weight * (centres[base + other] ?? 0);
  }
  return others.reduce(
    (nearest, other) => ((cosines[other] ?? 0) > Math.max(cosines[nearest] ?? 0, NEAR) ? other : nearest),
    -1,
  );
}
