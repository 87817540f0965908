import type { Random } from './random.ts';

/** A simple random sample of a stream, drawn while it passes. */
export interface Reservoir<T> {
  /**
   * Hears of the next of the stream, which is made only where it is drawn.
   *
   * Of a stream of n, so many are made: size * (1 + ln(n / size)).
   */
  offer(make: () => T): void;
  /** The sample: all of a stream that is no longer than its size. */
  drawn(): readonly T[];
}

/**
 * Each of the stream is in the sample with the same chance, however long the stream turns out to be.
 *
 * Source: algorithm R, in Vitter (1985), ACM Trans. Math. Softw. 11, 37-57.
 *
 * @param size how many to draw, 1 or more
 *
 * @example
 * const sample = reservoir<number>(2, seededRandom(1));
 * for (const each of [10, 20]) sample.offer(() => each);
 * sample.drawn(); // [10, 20]
 */
export function reservoir<T>(size: number, random: Random): Reservoir<T> {
  const drawn: T[] = [];
  let seen = 0;
  return {
    offer(make) {
      const place = seen < size ? seen : Math.floor(random() * (seen + 1));
      seen += 1;
      if (place < size) drawn[place] = make();
    },
    drawn: () => drawn,
  };
}
