import type { RequestsOfSize } from '../cost/estimate.ts';

/** How many requests there are, and how large. */
export interface SizeSum {
  requests: number;
  characters: number;
  /** The same by size, a class each with its mean. */
  classes: RequestsOfSize[];
}

/** Sums sizes up in classes, so that millions of requests take no more memory than a few. */
export interface Sizes {
  add(characters: number): void;
  sum(): SizeSum;
}

/** Classes to a doubling: sizes of one class differ by a tenth at most, and its mean is exact. */
const CLASSES_TO_A_DOUBLING = 8;

export function openSizes(): Sizes {
  const classes = new Map<number, { count: number; characters: number }>();
  return {
    add: (characters) => {
      const name = Math.floor(Math.log2(characters + 1) * CLASSES_TO_A_DOUBLING);
      const { count, characters: before } = classes.get(name) ?? { count: 0, characters: 0 };
      classes.set(name, { count: count + 1, characters: before + characters });
    },
    sum: () => {
      const all = [...classes.values()];
      return {
        requests: all.reduce((sum, { count }) => sum + count, 0),
        characters: all.reduce((sum, { characters }) => sum + characters, 0),
        classes: all.map(({ count, characters }) => ({ count, characters: characters / count })),
      };
    },
  };
}
