import { hash } from 'node:crypto';

/** A random sample of a stream that depends on what is in the stream, but not on its order. */
export interface BottomSample<T> {
  /** Hears of one of the stream, by what it says. */
  offer(text: string, item: T): void;
  /** The sample in its random order: all of a stream that is no longer than its size. */
  drawn(): T[];
}

/**
 * Keeps those of a stream whose texts have the smallest hashes. Each text is drawn with the same chance, once, however
 * often it comes; of equal texts the item that `first` puts first. Holds twice the sample at most.
 *
 * Source: bottom-k sketches; Cohen & Kaplan (2007), "Summarizing data using bottom-k sketches", PODC.
 *
 * @param size how many to draw, 1 or more
 * @param first whether `a` comes before `b`, of the same text
 */
export function bottomSample<T>(size: number, seed: number, first: (a: T, b: T) => boolean): BottomSample<T> {
  let kept = new Map<string, T>();
  let bound: string | null = null;
  const ascending = () => [...kept].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    offer(text, item) {
      const key = hash('sha256', `${seed}\n${text}`, 'hex');
      if (bound !== null && key > bound) return;
      const known = kept.get(key);
      if (known === undefined || first(item, known)) kept.set(key, item);
      if (kept.size < 2 * size) return;
      kept = new Map(ascending().slice(0, size));
      bound = [...kept.keys()].at(-1) ?? null;
    },
    drawn: () =>
      ascending()
        .slice(0, size)
        .map(([, item]) => item),
  };
}
