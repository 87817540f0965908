import { fingerprint } from '../plan/fingerprint.ts';
import type { RunRecord } from '../schema/run-record.ts';

type Placed = Pick<RunRecord['cases'][number], 'id' | 'family'>;

/**
 * Cases in an order that is random and yet the same for the same seed: by families, since the cases of one are not
 * independent, and within a family by id. A family's place depends on its name and the seed alone, so that the
 * order can be told from a part of the cases.
 */
export function seededOrder<Case extends Placed>(cases: readonly Case[], seed: number): Case[][] {
  const families = new Map<string, Case[]>();
  for (const each of cases) {
    const members = families.get(each.family);
    if (members === undefined) families.set(each.family, [each]);
    else members.push(each);
  }
  return [...families]
    .map(([family, members]) => ({
      place: fingerprint([seed, family]),
      members: members.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ members }) => members);
}

/** The number of cases in the largest family; 1 where there is none. */
export function largestFamily(families: readonly (readonly unknown[])[]): number {
  return families.reduce((largest, { length }) => Math.max(largest, length), 1);
}

/** The families of a sequential run that its statistics rest on, in order; further cases were asked for by name. */
export function countedFamilies(run: Pick<RunRecord, 'cases' | 'sequential'>): RunRecord['cases'][] {
  const { sequential } = run;
  return sequential === undefined
    ? []
    : seededOrder(run.cases, sequential.seed).slice(0, sequential.families);
}

/**
 * The cases that a run's figures rest on, sorted by id: all of them, or in a sequential run those that were drawn at
 * random. Cases that had to be asked because a rule names them would make the rest look like them.
 */
export function countedCases(run: Pick<RunRecord, 'cases' | 'sequential'>): RunRecord['cases'] {
  if (run.sequential === undefined) return run.cases;
  const counted = new Set(countedFamilies(run).flatMap((family) => family.map(({ id }) => id)));
  return run.cases.filter(({ id }) => counted.has(id));
}
