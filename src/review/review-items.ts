import type { Comparison } from '../compare/compare.ts';
import type { Flip } from '../compare/flips.ts';
import type { CaseRecord } from '../schema/run-record.ts';

/** A case that flipped, in one field or several: what a person decides about at once. */
export interface ReviewItem {
  /** As answered now, with what is expected today. */
  record: CaseRecord;
  before: CaseRecord;
  /** One a field, in the suite's order. */
  flips: Flip[];
}

/** The cases that flipped: those with a broken field first, each by id. */
export function reviewItems({ pairs, flips }: Pick<Comparison, 'pairs' | 'flips'>): ReviewItem[] {
  const byCase = Map.groupBy(Object.values(flips).flat(), ({ id }) => id);
  const items = pairs.flatMap(({ before, now }): ReviewItem[] => {
    const found = byCase.get(now.id);
    return found === undefined ? [] : [{ record: now, before, flips: found }];
  });
  const isBroken = (item: ReviewItem) => item.flips.some(({ change }) => change === 'broken');
  return [...items.filter(isBroken), ...items.filter((item) => !isBroken(item))];
}
