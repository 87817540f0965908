import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { type Random, seededRandom } from '../src/statistics/random.ts';

/** One in so many conversations has something planted, each kind in turn. */
const EVERY = 100;
const LANGUAGES = ['en', 'en', 'en', 'en', 'en', 'en', 'en', 'es', 'de', 'fr'];
const VOCABULARY = 4_000;
/** Messages of the user, about as many and as long as those of the shipped goldens. */
const USER_MESSAGES = [1, 2, 3, 3, 4, 4, 5, 6, 8];

/** What is planted, by the kind that the check should name; a text each, or a copy of an earlier conversation. */
const PLANTED: Readonly<Record<string, ((random: Random) => string) | 'copy' | 'variant'>> = {
  identical: 'copy',
  near: 'variant',
  'mail address': (random) =>
    `write to ${letters(random, 7)}.${letters(random, 6)}@${letters(random, 8)}.org`,
  'phone number': (random) => `call me at +1 212 736 ${1000 + Math.floor(random() * 9000)} tonight`,
  'payment card': (random) => `my card is ${cardNumber(random)} and it was refused`,
  'postal address': (random) => `I live at ${10 + Math.floor(random() * 900)} Maple Grove Road now`,
  'IP address': (random) =>
    `they logged in from 84.17.${Math.floor(random() * 200)}.${20 + Math.floor(random() * 200)} twice`,
  'name with surname': (random) => `my boss Robert ${capital(letters(random, 8))} said so`,
  secret: (random) => `it says ${['ghp', letters(random, 36)].join('_')} on the screen`,
};

export interface PlantedGoldens {
  /** Ids by what was planted in them. */
  planted: Map<string, Set<string>>;
  bytes: number;
}

/**
 * Writes so many varied conversations, as long as the shipped ones, and a label of each for a suite `mood` into
 * `<folder>/goldens`: the same every time.
 */
export function writeGoldenCorpus(folder: string, count: number): PlantedGoldens {
  const random = seededRandom(8);
  const words = Array.from({ length: VOCABULARY }, () => letters(random, 2 + Math.floor(random() * 8)));
  const directory = path.join(folder, 'goldens');
  mkdirSync(path.join(directory, 'labels'), { recursive: true });
  const conversations = openSync(path.join(directory, 'conversations.jsonl'), 'w');
  const labels = openSync(path.join(directory, 'labels', 'mood.jsonl'), 'w');
  const planted = new Map(Object.keys(PLANTED).map((kind) => [kind, new Set<string>()]));
  const kinds = Object.entries(PLANTED);
  let previous: string[] = [];
  let bytes = 0;
  let [text, labelText] = ['', ''];
  for (let index = 0; index < count; index += 1) {
    const id = `c${String(index).padStart(6, '0')}`;
    let contents = inventContents(random, words);
    const [kind, plant] = kinds[Math.floor(index / EVERY) % kinds.length] ?? ['', 'copy'];
    if (index % EVERY === EVERY - 1) {
      planted.get(kind)?.add(id);
      const [first = '', ...rest] = plant === 'copy' || plant === 'variant' ? previous : contents;
      if (plant === 'copy') contents = previous;
      else contents = [`${first} ${plant === 'variant' ? letters(random, 6) : plant(random)}.`, ...rest];
    }
    const messages = contents.map((content, turn) => {
      return { role: turn % 2 === 0 ? 'user' : 'assistant', content };
    });
    const lang = LANGUAGES[index % LANGUAGES.length];
    text += `${JSON.stringify({ id, lang, family: `f${index}`, tags: [], messages })}\n`;
    labelText += `${JSON.stringify({ id, mood: ['low', 'even', 'high'][index % 3], votes: [] })}\n`;
    previous = contents;
    if (text.length < 2 ** 20 && index < count - 1) continue;
    bytes += writeSync(conversations, text);
    writeSync(labels, labelText);
    [text, labelText] = ['', ''];
  }
  closeSync(conversations);
  closeSync(labels);
  return { planted, bytes };
}

/** Sentences of words that are drawn as in a language: few are very common, most are rare (Zipf). */
function inventContents(random: Random, words: readonly string[]): string[] {
  const word = () => words[Math.floor(VOCABULARY ** random()) - 1] ?? 'so';
  const sentence = () => {
    const text = Array.from({ length: 5 + Math.floor(random() * 14) }, word).join(' ');
    return `${capital(text)}${random() < 0.2 ? '?' : '.'}`;
  };
  const paragraph = (sentences: number) => Array.from({ length: sentences }, sentence).join(' ');
  const messages = USER_MESSAGES[Math.floor(random() * USER_MESSAGES.length)] ?? 1;
  return Array.from({ length: messages }, () => [
    paragraph(1 + Math.floor(random() * 3)),
    `${paragraph(2)}\n\n1. ${sentence()}\n2. ${sentence()}`,
  ]).flat();
}

function letters(random: Random, length: number): string {
  return Array.from({ length }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** Sixteen digits that begin as an issuer's do, the last of them the check digit. */
function cardNumber(random: Random): string {
  const digits = [4, ...Array.from({ length: 14 }, () => Math.floor(random() * 10))];
  const sum = digits.reduce((total, digit, place) => {
    const value = digit * (place % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return [...digits, (10 - (sum % 10)) % 10].join('').replaceAll(/(\d{4})(?=\d)/g, '$1 ');
}
