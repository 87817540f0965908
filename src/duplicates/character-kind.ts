/** What a character is to whoever looks for words. */
export const KIND = { between: 1, ofWord: 2, unspaced: 3 } as const;
type Kind = (typeof KIND)[keyof typeof KIND];

const OF_WORD = /[\p{L}\p{N}\p{M}]/u;
/** Writing that sets no blank between words, so that a word's end cannot be seen. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tibetan}]/u;

/** Of the characters of one UTF-16 unit, filled as they are met; 0 where not met yet. */
const known = new Uint8Array(0x1_0000);

/** Kind of a character by its code point; what stands between words has no part in a shingle. */
export function kindOf(codePoint: number): Kind {
  const kind = known[codePoint];
  if (kind === KIND.between || kind === KIND.ofWord || kind === KIND.unspaced) return kind;
  const found = lookUp(String.fromCodePoint(codePoint));
  if (codePoint < known.length) known[codePoint] = found;
  return found;
}

function lookUp(character: string): Kind {
  if (!OF_WORD.test(character)) return KIND.between;
  return UNSPACED.test(character) ? KIND.unspaced : KIND.ofWord;
}
