import type { Range } from './range.ts';

/** How far an estimate moves if one of the quantities it is made of lies at the end of its interval. */
export interface Reach {
  /** Not negative. */
  down: number;
  /** Not negative. */
  up: number;
}

/**
 * The interval of a figure made of several independent quantities, from the interval of each: the
 * distances by which each alone can pull the figure down are squared and added, and so are those up.
 * Where the quantities have Wilson's intervals, so does the figure in spirit: it stays wide where a
 * count is zero, where a normal interval would have no width at all.
 *
 * Source: Newcombe (1998), Stat. Med. 17, 873-890 (square and add); Zou and Donner (2008), Stat. Med.
 * 27, 1693-1702 (MOVER, the method of variance estimates recovery).
 *
 * @returns contains the estimate; not clipped
 *
 * @example
 * moverInterval(0.5, [{ down: 0.3, up: 0.1 }, { down: 0.4, up: 0 }]); // { low: 0, high: 0.6 }
 */
export function moverInterval(estimate: number, reaches: readonly Reach[]): Range {
  return {
    low: estimate - Math.hypot(...reaches.map(({ down }) => down)),
    high: estimate + Math.hypot(...reaches.map(({ up }) => up)),
  };
}
