import { BandIndex } from './band-index.ts';
import { foldedText } from './folded-text.ts';
import { textHash } from './hash.ts';
import { MinHash } from './min-hash.ts';
import { jaccard } from './resemblance.ts';
import { shinglesOfFolded } from './shingles.ts';

export interface NearDuplicate {
  key: string;
  /** Jaccard similarity of the shingles, exact, from 0 to 1. */
  similarity: number;
  /** The texts differ in case, white space and compatibility forms at most. */
  isIdentical: boolean;
}

export interface NearDuplicateOptions {
  /** Least similarity that counts, over 0 up to 1. */
  threshold?: number;
  /** Most that one look-up gives, so that a thousand copies of a text do not make a million pairs. */
  limit?: number;
}

/** Least similarity that counts where nothing else is said. */
export const DEFAULT_THRESHOLD = 0.8;
/** Under so many shingles a word more or less changes too much to speak of likeness: only identical texts count. */
const LEAST_SHINGLES = 20;
const PERMUTATIONS = 128;
/** Least probability that a pair just at the threshold is found. */
const LEAST_RECALL = 0.995;

interface ReadText {
  shingles: Uint32Array;
  /** Null where the text is too short to resemble another. */
  signature: Int32Array | null;
  hash: number;
}

/**
 * Texts by key, and those that are nearly the same as a given one. Candidates come from MinHash and
 * locality-sensitive hashing, and each is verified by its exact similarity: nothing is found that is not so, an
 * identical text always, and one at the threshold with a probability of at least 0.995, nearly 1 above it. The same
 * texts in any order give the same pairs. Takes about 2 kB a text of 300 words.
 *
 * Our own, since the libraries there are take texts as sets of strings, for which a hundred thousand conversations
 * need more memory and time than there is.
 */
export class NearDuplicates {
  readonly #threshold: number;
  readonly #limit: number;
  readonly #minHash: MinHash;
  readonly #bands: BandIndex;
  /** One item a distinct text: the keys that have it, and its shingles. */
  readonly #keys: string[][] = [];
  readonly #shingles: Uint32Array[] = [];
  readonly #itemOfHash = new Map<number, number>();

  constructor({
    threshold = DEFAULT_THRESHOLD,
    limit = Number.POSITIVE_INFINITY,
  }: NearDuplicateOptions = {}) {
    this.#threshold = threshold;
    this.#limit = limit;
    const shape = bandShape(threshold);
    this.#minHash = new MinHash(shape.bands * shape.rows);
    this.#bands = new BandIndex(shape);
  }

  /** Several texts may share a key. */
  add(key: string, text: string): void {
    this.#add(key, this.#read(text));
  }

  /** The texts added so far that are nearly the same: identical ones first, then the most similar, then by key. */
  of(text: string): NearDuplicate[] {
    return this.#find(this.#read(text));
  }

  /** `of` the text and then `add`, for half the work. */
  addAndFind(key: string, text: string): NearDuplicate[] {
    const read = this.#read(text);
    const found = this.#find(read);
    this.#add(key, read);
    return found;
  }

  #read(text: string): ReadText {
    const folded = foldedText(text);
    const shingles = shinglesOfFolded(folded);
    const signature = shingles.length < LEAST_SHINGLES ? null : this.#minHash.signature(shingles);
    return { shingles, signature, hash: textHash(folded) };
  }

  #add(key: string, { shingles, signature, hash }: ReadText): void {
    const known = this.#itemOfHash.get(hash);
    if (known !== undefined) {
      this.#keys[known]?.push(key);
      return;
    }
    const item = this.#keys.push([key]) - 1;
    this.#shingles.push(shingles);
    this.#itemOfHash.set(hash, item);
    if (signature !== null) this.#bands.add(item, signature);
  }

  #find({ shingles, signature, hash }: ReadText): NearDuplicate[] {
    const identical = this.#itemOfHash.get(hash);
    const found = this.#withKeys(identical ?? -1, 1, true);
    const candidates = signature === null ? [] : this.#bands.candidates(signature);
    for (const item of candidates) {
      if (found.length >= this.#limit) break;
      if (item === identical) continue;
      const similarity = jaccard(shingles, this.#shingles[item] ?? new Uint32Array(0));
      if (similarity >= this.#threshold) found.push(...this.#withKeys(item, similarity, false));
    }
    return found.slice(0, this.#limit).sort(byLikeness);
  }

  #withKeys(item: number, similarity: number, isIdentical: boolean): NearDuplicate[] {
    const keys = (this.#keys[item] ?? []).slice(0, this.#limit);
    return keys.map((key) => ({ key, similarity, isIdentical }));
  }
}

function byLikeness(a: NearDuplicate, b: NearDuplicate): number {
  return (
    Number(b.isIdentical) - Number(a.isIdentical) || b.similarity - a.similarity || (a.key < b.key ? -1 : 1)
  );
}

/** The longest bands, for the fewest candidates, that still find a pair at the threshold often enough. */
function bandShape(threshold: number): { bands: number; rows: number } {
  for (let rows = PERMUTATIONS; rows > 1; rows -= 1) {
    const bands = Math.floor(PERMUTATIONS / rows);
    if (1 - (1 - threshold ** rows) ** bands >= LEAST_RECALL) return { bands, rows };
  }
  return { bands: PERMUTATIONS, rows: 1 };
}
