/** A sentence or a clause that ends in a semicolon. */
export interface Sentence {
  text: string;
  /** Whether it says what something is not: it opens or closes with a negation. */
  excludes: boolean;
}

const BREAK = /(?<=[.!?;])\s+|(?<=[。！？；])|\n+/u;
const OPENS = /^\W*(?:not|never|nor|except|excluding)\b/i;
const CLOSES = /\b(?:(?:is|are|was|were|does|do) not|(?:is|are|was|were|does|do)n't)\W*$/i;

/** Splits instructions into sentences. */
export function sentencesOf(text: string): Sentence[] {
  return text
    .split(BREAK)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
    .map((sentence) => ({ text: sentence, excludes: OPENS.test(sentence) || CLOSES.test(sentence) }));
}
