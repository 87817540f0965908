import { mixed } from './hash.ts';

const NONE = -1;

/**
 * Which of many signatures share a whole band with a given one (locality-sensitive hashing): two sets of similarity
 * s share one of b bands of r rows with the probability 1 - (1 - s^r)^b.
 *
 * Source: Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", section 3.4.
 */
export class BandIndex {
  readonly #rows: number;
  /** Per band: the last item of each bucket, and before each item the one that was last then. */
  readonly #bands: { last: Map<number, number>; before: Int32Array }[];

  constructor({ bands, rows }: { bands: number; rows: number }) {
    this.#rows = rows;
    this.#bands = Array.from({ length: bands }, () => ({ last: new Map(), before: new Int32Array(1024) }));
  }

  /** @param item a number from 0 on that was not added before; memory grows with the greatest */
  add(item: number, signature: Int32Array): void {
    for (const [index, band] of this.#bands.entries()) {
      const key = this.#key(signature, index);
      if (item >= band.before.length) {
        const longer = new Int32Array(Math.max(item + 1, band.before.length * 2));
        longer.set(band.before);
        band.before = longer;
      }
      band.before[item] = band.last.get(key) ?? NONE;
      band.last.set(key, item);
    }
  }

  /** Items that share a band, each once. */
  *candidates(signature: Int32Array): Generator<number> {
    const seen = new Set<number>();
    for (const [index, { last, before }] of this.#bands.entries()) {
      let item = last.get(this.#key(signature, index)) ?? NONE;
      for (; item !== NONE; item = before[item] ?? NONE) {
        if (seen.has(item)) continue;
        seen.add(item);
        yield item;
      }
    }
  }

  #key(signature: Int32Array, band: number): number {
    let key = band;
    for (let row = 0; row < this.#rows; row += 1)
      key = mixed(Math.imul(key, 31) ^ (signature[band * this.#rows + row] ?? 0));
    return key;
  }
}
