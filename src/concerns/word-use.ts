import { CONTACTS } from './contacts.ts';

/** How the lines of a study write a word, capitals apart; counted once a line. */
export interface WordUse {
  /** Lines that write it in small letters. */
  small: number;
  /** Lines that write it with a capital elsewhere than at their start, as a name is. */
  capital: number;
}

/** The words of a line in their order: runs of letters, so that `Maria's` gives `Maria` and `s`. */
export function wordsOf(line: string): string[] {
  return line.normalize('NFKC').match(/[\p{L}\p{M}]+/gu) ?? [];
}

/**
 * How the words of a study are written, by the word in small letters. Each line is a different conversation's. A
 * line with a contact or a number counts for none of its words, as they may be part of it.
 */
export function wordUses(lines: Iterable<string>): Map<string, WordUse> {
  const uses = new Map<string, WordUse>();
  for (const line of lines) {
    const plain = line.normalize('NFKC');
    if (CONTACTS.some(([, pattern]) => pattern.test(plain))) continue;
    const words = wordsOf(plain);
    const small = new Set(words.filter((word) => word === word.toLowerCase()));
    const capital = new Set(
      words.filter((word, index) => index > 0 && !small.has(word)).map((word) => word.toLowerCase()),
    );
    for (const word of small) useOf(uses, word).small += 1;
    for (const word of capital) useOf(uses, word).capital += 1;
  }
  return uses;
}

function useOf(uses: Map<string, WordUse>, word: string): WordUse {
  const use = uses.get(word) ?? { small: 0, capital: 0 };
  uses.set(word, use);
  return use;
}
