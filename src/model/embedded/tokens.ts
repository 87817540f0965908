import { stem } from './stem.ts';
import { STOP_WORDS } from './stop-words.ts';

const TOKEN = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:'[\p{L}\p{M}]+)*|\p{Extended_Pictographic}/gu;
/** Scripts that are written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Words, numbers and single emoji of a text in order, lower case, with straight apostrophes. */
export function tokens(text: string): string[] {
  return text.normalize('NFC').toLowerCase().replaceAll('’', "'").match(TOKEN) ?? [];
}

/**
 * The index terms that a token stands for: none for a stop word, its stem for a word, overlapping pairs
 * of characters for a run in a script without spaces.
 */
export function termsOf(token: string): string[] {
  if (token.charCodeAt(0) < 0x0e00) return STOP_WORDS.has(token) ? [] : [stem(token)];
  if (!UNSPACED.test(token)) return [token];
  const pairs: string[] = [];
  let previous = '';
  for (const character of token) {
    if (previous !== '') pairs.push(previous + character);
    previous = character;
  }
  return pairs.length === 0 ? [token] : pairs;
}
