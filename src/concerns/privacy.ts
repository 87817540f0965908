import { STOP_WORDS } from '../model/embedded/stop-words.ts';
import { CONCERN_WORDS } from './concern-words.ts';
import { CONTACTS } from './contacts.ts';
import { GIVEN_NAMES } from './given-names.ts';
import { type WordUse, wordsOf } from './word-use.ts';

/** Conversations whose lines must write a word before it may be published. */
export const RARE_UNDER = 5;

/** Letters and characters that no published line needs; contacts are looked for on their own. */
const FORBIDDEN: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['letters other than Latin', /[^\p{Script=Latin}\P{L}]/u],
  ['a character that no sentence needs', /[^\p{L}\p{N} '’,-]/u],
];

/** Written with a capital and yet no name: the pronoun, days, months that nobody is called, languages, feasts, common abbreviations. */
const CAPITALIZED: ReadonlySet<string> = new Set(
  `I Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March July September
  October November December Arabic Chinese English French German Hindi Italian Japanese Korean Polish
  Portuguese Russian Spanish Turkish Vietnamese Christmas Easter Ramadan Diwali ADHD AI BPD CV HR IVF
  OCD PTSD`.split(/\s+/),
);

const COMMON: ReadonlySet<string> = new Set(
  [...STOP_WORDS, ...Object.keys(CONCERN_WORDS)].flatMap((word) => wordsOf(word)),
);

/**
 * What in a line may identify a person, as kinds (`a digit`) that quote nothing of it; empty where it may be
 * published. Contacts and numbers are refused by the characters they need. A word is refused
 * - with a capital inside the line, or of more than one capital, unless it is an ordinary one (`Monday`, `ADHD`),
 * - if it is a common given name in any spelling of its case,
 * - unless it is among the commonest English words, or `RARE_UNDER` conversations write it in small letters and
 *   not fewer than write it as a name.
 *
 * Not caught: a name that is also an ordinary word (`Stone`) where a line begins with it; a name that is not
 * among the common ones and that many conversations write in small letters; a fact that points to somebody though
 * each of its words is common. Writing other than Latin is refused altogether, since neither case nor word breaks
 * tell a name in it.
 *
 * @param uses of all lines of the study, one a conversation
 */
export function privacyProblems(line: string, uses: ReadonlyMap<string, WordUse>): string[] {
  const plain = line.normalize('NFKC');
  const problems = [...CONTACTS, ...FORBIDDEN]
    .filter(([, pattern]) => pattern.test(plain))
    .map(([what]) => what);
  const words = wordsOf(plain);
  const hasWord = (at: (word: string, index: number) => boolean) => words.some(at);
  if (hasWord((word, index) => !CAPITALIZED.has(word) && /\p{Lu}/u.test(index === 0 ? word.slice(1) : word)))
    problems.push('a capital as of a name');
  if (hasWord((word) => GIVEN_NAMES.has(withoutAccents(word.toLowerCase())))) problems.push('a given name');
  if (hasWord((word) => !CAPITALIZED.has(word) && isRare(word.toLowerCase(), uses)))
    problems.push('a rare word');
  return problems;
}

function withoutAccents(word: string): string {
  return word.normalize('NFD').replaceAll(/\p{M}/gu, '');
}

function isRare(word: string, uses: ReadonlyMap<string, WordUse>): boolean {
  const { small, capital } = uses.get(word) ?? { small: 0, capital: 0 };
  return !COMMON.has(word) && (small < RARE_UNDER || small < capital);
}
