import { GIVEN_NAMES } from '../../concerns/given-names.ts';
import { STOP_WORDS } from '../../model/embedded/stop-words.ts';
import { matchesOf, type PersonalMatch } from './personal-match.ts';

/** Two to four words with a capital in a row, an initial or a particle between them. */
const CAPITALS =
  /(?<![\p{L}\p{N}'’_./@-])\p{Lu}\p{Ll}+(?: (?:\p{Lu}\.|van|von|de|da|del|di|bin|al|el))?(?:[ ]\p{Lu}[\p{L}'’-]*\p{Ll}){1,4}(?![\p{L}\p{N}_@])/gu;
/** As many capitals in a row are a heading, a title or an institution's name. */
const MOST_WORDS = 3;

/** What follows a given name and is no surname: days, months, peoples, places, and words of headings. */
const NO_SURNAME: ReadonlySet<string> = new Set(
  `monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
  september october november december christmas easter street road avenue square park hall house school college
  university hospital church bridge island river lake beach hotel center centre prize award day law theorem
  effect test method model syndrome disease hello hi hey dear please thanks thank ok okay yes no well sorry
  american british english french german spanish chinese japanese indian korean russian
  says said and or god gospel bible version act society foundation institute museum memorial airport stadium`.split(
    /\s+/,
  ),
);

/** What is written with a capital before a name, besides the first word of a sentence. */
const TITLES: ReadonlySet<string> = new Set(
  `mr mrs ms miss dr prof professor doctor sir uncle aunt auntie cousin coach officer judge nurse teacher
  herr frau fräulein onkel tante chef chefin kollege kollegin freund freundin nachbar nachbarin bruder schwester
  mutter vater sohn tochter ex arzt ärztin lehrer lehrerin
  señor señora don doña señorita doctora tío tía senhor senhora dona signor signora monsieur madame mademoiselle
  meneer mevrouw pan pani`
    .split(/\s+/)
    .map(plain),
);

/** People whom anybody may name, and figures of books, films and belief. Far from complete, on purpose. */
const FAMOUS: ReadonlySet<string> = new Set(
  `donald trump,joe biden,george bush,george washington,abraham lincoln,thomas jefferson,benjamin franklin,
  john kennedy,ronald reagan,richard nixon,kamala harris,hillary clinton,vladimir putin,adolf hitler,joseph stalin,
  karl marx,martin luther,martin king,rosa parks,malcolm x,nelson mandela,mahatma gandhi,albert einstein,isaac newton,
  charles darwin,marie curie,stephen hawking,alan turing,ada lovelace,leonardo vinci,vincent gogh,pablo picasso,
  william shakespeare,jane austen,charles dickens,emily dickinson,stephen king,agatha christie,leo tolstoy,
  harry potter,ron weasley,james bond,peter pan,peter parker,peter rabbit,mary poppins,sherlock holmes,
  elizabeth bennet,robin hood,jim crow,john doe,jane doe,john smith,jane smith,jane eyre,alice wonderland,mickey mouse,donald duck,
  taylor swift,michael jackson,michael jordan,elvis presley,elton john,david bowie,freddie mercury,justin bieber,
  kim kardashian,oprah winfrey,ellen degeneres,joe rogan,jordan peterson,tony robbins,brene brown,
  carl jung,carl rogers,sigmund freud,viktor frankl,aaron beck,marsha linehan,john gottman,daniel kahneman,
  steve jobs,bill gates,elon musk,jeff bezos,tim cook,tim ferriss,james clear,marcus aurelius,
  jesus christ,virgin mary,mary magdalene,john baptist,muhammad ali,david attenborough,gordon ramsay,jamie oliver,
  marie kondo,harvey weinstein,jeffrey epstein,charles manson,ted bundy,george floyd,george orwell,george soros`
    .split(',')
    .map((name) => name.trim()),
);

/**
 * Names that look like a real person's: a common given name in Latin letters, then a word with a capital that may
 * be a surname. Finds no name in other scripts, no rare given name, and none that is an English word too
 * (`Grace`, `Mark`); takes invented people for real ones, since a text does not tell them apart.
 */
export function findFullNames(text: string): PersonalMatch[] {
  return matchesOf(text, 'name with surname', CAPITALS).flatMap((match) => {
    const words = text.slice(match.start, match.end).split(' ');
    const given = words.findIndex((word) => GIVEN_NAMES.has(plain(word)));
    const rest = words.slice(given + 1).filter((word) => /^\p{Lu}[^.]/u.test(word));
    const [surname] = rest;
    if (given === -1 || given > 1 || words.length > MOST_WORDS + 1 || surname === undefined) return [];
    const last = plain(rest.at(-1) ?? surname);
    if (last === plain(words[given] ?? '') || rest.some((word) => isNoSurname(plain(word)))) return [];
    if (given === 1 && !STOP_WORDS.has(plain(words[0] ?? '')) && !TITLES.has(plain(words[0] ?? '')))
      return [];
    if (FAMOUS.has(`${plain(words[given] ?? '')} ${last}`)) return [];
    const before = words.slice(0, given).join(' ').length;
    return [{ ...match, start: match.start + (given === 0 ? 0 : before + 1) }];
  });
}

function isNoSurname(word: string): boolean {
  return NO_SURNAME.has(word) || STOP_WORDS.has(word);
}

function plain(word: string): string {
  return word
    .normalize('NFD')
    .replaceAll(/\p{M}|['’]s$/gu, '')
    .toLowerCase();
}
