import { seededRandom } from '../statistics/random.ts';

/** Seed of the permutations: fixed, so that the same texts give the same pairs on every machine. */
const SEED = 1997;
const LARGEST = 0x7fff_ffff;

/**
 * MinHash: per permutation of all 32-bit hashes the least of a set's. Two sets have the same least with the
 * probability of their Jaccard similarity, so the share of equal places estimates it.
 *
 * Sources: Broder (1997), "On the resemblance and containment of documents"; the permutations are a bitwise
 * exclusive or, a product with an odd number modulo 2^32 and a shift, approximately min-wise independent.
 *
 * @param permutations how many; the estimate's standard error is at most 0.5 / sqrt(permutations)
 */
export class MinHash {
  readonly #masks: Int32Array;
  readonly #factors: Int32Array;

  constructor(permutations: number) {
    const random = seededRandom(SEED);
    const bits = () => Math.floor(random() * 0x1_0000_0000) | 0;
    this.#masks = Int32Array.from({ length: permutations }, bits);
    this.#factors = Int32Array.from({ length: permutations }, () => bits() | 1);
  }

  /** @returns one number a permutation; the largest there is for an empty set */
  signature(hashes: Uint32Array): Int32Array {
    const signature = new Int32Array(this.#masks.length);
    for (let place = 0; place < signature.length; place += 1) {
      const mask = this.#masks[place] ?? 0;
      const factor = this.#factors[place] ?? 1;
      let least = LARGEST;
      for (let at = 0; at < hashes.length; at += 1) {
        const product = Math.imul((hashes[at] ?? 0) ^ mask, factor);
        const permuted = product ^ (product >>> 15);
        if (permuted < least) least = permuted;
      }
      signature[place] = least;
    }
    return signature;
  }
}
