import {
  type CountryCode,
  findPhoneNumbersInText,
  type NumberFound,
  type PhoneNumber,
} from 'libphonenumber-js/max';
import type { PersonalMatch } from './personal-match.ts';

/** Where a number without a country's code is likely to be from, by the language it stands in. */
const COUNTRIES: Readonly<Record<string, readonly CountryCode[]>> = {
  ar: ['EG', 'SA'],
  de: ['DE', 'AT', 'CH'],
  en: ['US', 'GB', 'AU'],
  es: ['ES', 'MX'],
  fr: ['FR', 'BE'],
  hi: ['IN'],
  it: ['IT'],
  ja: ['JP'],
  ko: ['KR'],
  nl: ['NL'],
  pl: ['PL'],
  pt: ['BR', 'PT'],
  ru: ['RU'],
  th: ['TH'],
  tr: ['TR'],
  vi: ['VN'],
  zh: ['CN', 'TW', 'HK'],
};

/** Seven digits and more, with what people set between them; what else is near belongs to it. */
const CANDIDATE = /[+(（]?\d(?:[ \u00a0().\-–/·・（）]{0,3}\d){6,17}/gu;
/** Looked at in a message: more is a table of numbers, and each takes about a millisecond. */
const MOST_CANDIDATES = 200;
/** Without a country's code, fewer digits than these are a price, a date or a count far more often. */
const LEAST_NATIONAL_DIGITS = 9;
/** Decimals, IP addresses, dates, spans of years, and long counts in groups of three. */
const NO_NUMBER =
  /^(?:\d{1,3}[.]\d+$|\d{1,3}(?:\.\d{1,3}){3}(?!\d)|(?:19|20)\d\d[-./–]|\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d\d(?!\d)|(?:19|20)\d\d\s?[-–]\s?(?:19|20)?\d\d$|\d{1,3}(?:[ .]\d{3})+$)/;
/** Five pairs of digits with the same sign between, as in France: no date, and no address of a computer. */
const PAIRS = /^0\d([.\-/])\d\d(?:\1\d\d){3}$/;
/** What is measured, paid or counted, and numbers of other kinds. */
const UNIT_AFTER = /^\s?(?:%|°|€|\$|£|¥|₹|元|円|원|usd|eur|gbp|km|kg|m²|million|billion|votes|people)/i;
const OTHER_BEFORE =
  /(?:[$€£¥₹#=_/\\.,]|isbn(?:-1[03])?:?|doi:?|rfc|order|ticket|case|invoice|account|iban|vin|issn|sku|serial|id)\s?(?:no\.?|number|n[°º])?[:#]?\s?$/i;

/** Lines that anybody may be told to call. Those free of charge are known by their type. */
const CRISIS_LINES: ReadonlySet<string> = new Set(
  `+44116123 +61131114 +61131611 +390223272327 +34717003717 +33145394000 +31900113 +81120783556 +81570064556 +81570783556
  +8215770199 +8215889191 +864001619995 +868008101117 +861082951332 +912225521111 +919820466726 +919152987821 +9118602662345
  +911800599019 +85223820000 +85228960000 +886800788995 +55188 +351213544545 +48800702222 +78002000122
  +74959895050 +902122922112 +841900599958 +20220816831 +966920033360 +6563894000`.split(/\s+/),
);
/** A service's number, which says nothing of a person. */
const SERVICES: ReadonlySet<string> = new Set([
  'TOLL_FREE',
  'PREMIUM_RATE',
  'SHARED_COST',
  'UAN',
  'VOICEMAIL',
]);
/** Kept free for films and examples. Sources: ATIS-0300115 (North America), Ofcom (United Kingdom). */
const RESERVED = /^\+1\d{3}55501\d\d$|^\+44(?:7700900\d{3}|\d{2,4}4960\d{3}|20794609?60?\d{2,3})$/;

/**
 * Phone numbers that may be a person's: valid ones, international or in the usual form of the countries where the
 * language is spoken. Not emergency numbers, crisis lines, or numbers of services.
 *
 * @param lang a language tag
 */
export function findPhones(text: string, lang: string): PersonalMatch[] {
  const found: PersonalMatch[] = [];
  let left = MOST_CANDIDATES;
  for (const { index, 0: candidate } of text.matchAll(CANDIDATE)) {
    const end = index + candidate.length;
    const isInternational = candidate.startsWith('+');
    const digits = candidate.replaceAll(/\D/g, '');
    if (!isInternational && digits.length < LEAST_NATIONAL_DIGITS) continue;
    if ((NO_NUMBER.test(candidate) && !PAIRS.test(candidate)) || UNIT_AFTER.test(text.slice(end, end + 12)))
      continue;
    if (!isInternational && OTHER_BEFORE.test(text.slice(Math.max(0, index - 20), index))) continue;
    if (isPartOfWord(text[index - 1]) || isPartOfWord(text[end])) continue;
    if (left === 0) break;
    left -= 1;
    for (const { number, startsAt, endsAt } of numbersIn(
      candidate,
      isInternational ? [undefined] : countriesOf(lang),
    )) {
      if (isService(number)) continue;
      const isReserved = RESERVED.test(number.number);
      found.push({ kind: 'phone number', start: index + startsAt, end: index + endsAt, isReserved });
    }
  }
  return found;
}

/** Whether a digit beside this character belongs to a word or a longer number; no blank parts words in all scripts. */
function isPartOfWord(character: string | undefined): boolean {
  if (character === undefined || /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(character))
    return false;
  return /[\p{L}\p{N}_]/u.test(character);
}

function countriesOf(lang: string): readonly CountryCode[] {
  const [language = ''] = lang.split('-');
  return COUNTRIES[language] ?? ['US'];
}

/** The numbers that a candidate is, in the first country in which it is any. */
function numbersIn(candidate: string, countries: readonly (CountryCode | undefined)[]): NumberFound[] {
  const text = candidate.replaceAll(/[·・]/g, '-');
  for (const country of countries) {
    const found = findPhoneNumbersInText(text, country === undefined ? {} : { defaultCountry: country });
    if (found.length > 0) return found;
  }
  return [];
}

function isService(number: PhoneNumber): boolean {
  return CRISIS_LINES.has(number.number) || SERVICES.has(number.getType() ?? '');
}
