import { KIND, kindOf } from '../duplicates/character-kind.ts';

/** A run of words that two texts have in common. */
export interface Passage {
  /** Offsets in the indexed text. */
  from: number;
  to: number;
  /** The passage as the other text has it. */
  text: string;
  /** Words, each character counted as one where words are not set apart. */
  words: number;
  /** In words as English has them: a character of a text without blanks counts as half of one. */
  length: number;
}

interface Word {
  from: number;
  to: number;
  text: string;
  weight: number;
}

/** Words in a row by which passages are found. */
const ANCHOR = 6;
const UNSPACED_WEIGHT = 0.5;

/** The longest passage that any other text has in common with one text. Linear in the other's length, nearly. */
export class PassageIndex {
  readonly #words: readonly Word[];
  readonly #numbers = new Map<string, number>();
  readonly #sequence: number[];
  /** By the numbers of ANCHOR words in a row: where these begin. */
  readonly #anchors = new Map<string, number[]>();

  constructor(text: string) {
    this.#words = wordsOf(text);
    this.#sequence = this.#words.map(({ text: word }) => {
      const number = this.#numbers.get(word) ?? this.#numbers.size;
      this.#numbers.set(word, number);
      return number;
    });
    for (let at = 0; at + ANCHOR <= this.#sequence.length; at += 1) {
      const key = this.#sequence.slice(at, at + ANCHOR).join(' ');
      const places = this.#anchors.get(key);
      if (places === undefined) this.#anchors.set(key, [at]);
      else places.push(at);
    }
  }

  /** Null where not even six words in a row are common. */
  longestIn(text: string): Passage | null {
    const words = wordsOf(text);
    const sequence = words.map(({ text: word }) => this.#numbers.get(word) ?? -1);
    let longest: Passage | null = null;
    let known = 0;
    for (let end = 0; end < sequence.length; end += 1) {
      known = sequence[end] === -1 ? 0 : known + 1;
      if (known < ANCHOR) continue;
      const start = end - ANCHOR + 1;
      for (const place of this.#anchors.get(sequence.slice(start, end + 1).join(' ')) ?? []) {
        if (start > 0 && place > 0 && sequence[start - 1] === this.#sequence[place - 1]) continue;
        const passage = this.#passage(place, start, sequence, words, text);
        if (passage.length > (longest?.length ?? 0)) longest = passage;
      }
    }
    return longest;
  }

  #passage(place: number, start: number, other: readonly number[], words: readonly Word[], text: string) {
    let size = ANCHOR;
    while (
      start + size < other.length &&
      place + size < this.#sequence.length &&
      other[start + size] === this.#sequence[place + size]
    )
      size += 1;
    const own = this.#words.slice(place, place + size);
    const theirs = words.slice(start, start + size);
    return {
      from: own[0]?.from ?? 0,
      to: own.at(-1)?.to ?? 0,
      text: text.slice(theirs[0]?.from, theirs.at(-1)?.to),
      words: size,
      length: own.reduce((sum, { weight }) => sum + weight, 0),
    };
  }
}

/** Words in small letters with their places; where words are not set apart, characters. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let from = -1;
  const endWord = (to: number) => {
    if (from !== -1)
      words.push({ from, to, text: text.slice(from, to).normalize('NFKC').toLowerCase(), weight: 1 });
    from = -1;
  };
  for (let at = 0; at < text.length; ) {
    const codePoint = text.codePointAt(at) ?? 0;
    const next = at + (codePoint > 0xffff ? 2 : 1);
    const kind = kindOf(codePoint);
    if (kind === KIND.ofWord) {
      if (from === -1) from = at;
    } else {
      endWord(at);
      if (kind === KIND.unspaced)
        words.push({ from: at, to: next, text: text.slice(at, next), weight: UNSPACED_WEIGHT });
    }
    at = next;
  }
  endWord(text.length);
  return words;
}
