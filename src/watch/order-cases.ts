import type { CaseRecord } from '../schema/run-record.ts';
import { seededRandom, seedFor } from '../statistics/random.ts';

/** What earlier runs and the annotators tell of a suite's cases, by case id. */
export interface CaseHistory {
  /** Went from right to wrong or back, against the baseline. */
  flipped: ReadonlySet<string>;
  /** Answered differently in different runs, or labelled differently by different annotators. */
  unsteady: ReadonlySet<string>;
}

type Orderable = Pick<CaseRecord, 'id' | 'tags'>;

/**
 * The cases in the order in which they tell most: those that flipped before, those near a class boundary (tagged
 * `boundary`, or unsteady), those tagged `critical`, then the rest. Cases of one kind come in a random order that the
 * seed decides, whatever order they were given in.
 */
export function orderCases<T extends Orderable>(
  cases: readonly T[],
  history: CaseHistory,
  seed: number,
): T[] {
  const places = cases.map((each) => ({
    each,
    kind: kindOf(each, history),
    place: seededRandom(seedFor(seed, each.id))(),
  }));
  return places
    .sort((a, b) => a.kind - b.kind || a.place - b.place || (a.each.id < b.each.id ? -1 : 1))
    .map(({ each }) => each);
}

function kindOf({ id, tags }: Orderable, { flipped, unsteady }: CaseHistory): number {
  if (flipped.has(id)) return 0;
  if (unsteady.has(id) || tags.includes('boundary')) return 1;
  return tags.includes('critical') ? 2 : 3;
}
