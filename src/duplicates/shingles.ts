import { KIND, kindOf } from './character-kind.ts';
import { foldedText } from './folded-text.ts';
import { mixed, textHash } from './hash.ts';

/** Words to a shingle. */
const WORDS = 3;
const SEED = 0x811c9dc5;

/**
 * The shingles of a text: every three words in a row, each as a hash of 32 bits. Where words are not set apart
 * (Chinese, Japanese, Thai …) two characters in a row stand for a word, so that a shingle has four characters.
 * Case, punctuation, white space and compatibility forms make no difference. A text of one or two words is one
 * shingle, and so is a text of signs alone (`👍`), so that it resembles only its like; an empty text has none.
 *
 * Source: Broder (1997), "On the resemblance and containment of documents".
 *
 * @returns hashes ascending, each once
 */
export function shinglesOf(text: string): Uint32Array {
  return shinglesOfFolded(foldedText(text));
}

/** The same of a text that is `foldedText` already. */
export function shinglesOfFolded(text: string): Uint32Array {
  return withoutRepeats(shinglesInOrder(text).sort());
}

/** The shingles of a text that is `foldedText` already, in its order and as often as they occur. */
export function shinglesInOrder(text: string): Uint32Array {
  const words = wordHashes(text);
  if (words.length === 0) return text.trim() === '' ? new Uint32Array(0) : Uint32Array.of(textHash(text));
  const hashes = new Uint32Array(Math.max(1, words.length - WORDS + 1));
  for (let at = 0; at < hashes.length; at += 1) {
    let hash = SEED;
    const end = Math.min(at + WORDS, words.length);
    for (let word = at; word < end; word += 1) hash = mixed(Math.imul(hash, 31) ^ (words[word] ?? 0));
    hashes[at] = hash;
  }
  return hashes;
}

/** Where words are put before they are joined: used again for each text, since to make one takes longer. */
let scratch = new Int32Array(4096);

/** One hash a word, in the order of the text; good until the next call. */
function wordHashes(text: string): Int32Array {
  if (scratch.length < text.length) scratch = new Int32Array(text.length);
  const words = scratch;
  let count = 0;
  let hash = SEED;
  let inWord = false;
  /** The unspaced character just before; 0 where there is none. */
  let before = 0;
  const endWord = () => {
    if (inWord) words[count++] = hash;
    inWord = false;
    hash = SEED;
  };
  for (let at = 0; at < text.length; at += 1) {
    const codePoint = text.codePointAt(at) ?? 0;
    if (codePoint > 0xffff) at += 1;
    const kind = kindOf(codePoint);
    if (kind === KIND.ofWord) {
      inWord = true;
      hash = Math.imul(hash ^ codePoint, 0x01000193);
    } else {
      endWord();
      if (kind === KIND.unspaced) words[count++] = Math.imul(before, 0x01000193) ^ mixed(codePoint);
    }
    before = kind === KIND.unspaced ? codePoint : 0;
  }
  endWord();
  return words.subarray(0, count);
}

function withoutRepeats(ascending: Uint32Array): Uint32Array {
  let kept = 0;
  for (let at = 0; at < ascending.length; at += 1) {
    const value = ascending[at] ?? 0;
    if (at === 0 || value !== ascending[at - 1]) ascending[kept++] = value;
  }
  return ascending.slice(0, kept);
}
