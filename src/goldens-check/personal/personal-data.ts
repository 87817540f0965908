import { findBankAccounts } from './bank-account.ts';
import { findFullNames } from './full-name.ts';
import { findIpAddresses } from './ip-address.ts';
import { findMail } from './mail.ts';
import { findPaymentCards } from './payment-card.ts';
import type { PersonalMatch } from './personal-match.ts';
import { findPhones } from './phone.ts';
import { plainDigits } from './plain-digits.ts';
import { findPostalAddresses } from './postal-address.ts';
import { findProfiles } from './profile.ts';
import { findSocialSecurityNumbers } from './social-security.ts';

/** Ten digits and more lie this close together in all that is a card, an account or a phone number. */
const LONG_NUMBER = /\d(?:[^\p{L}\p{N}]{0,3}\d){6}|[A-Za-z]{2}\d{2}[ -]?[A-Za-z0-9]{4}/u;

/** Letters of scripts that set no blank between words and numbers. All are one UTF-16 unit, the rare ones apart. */
const WITHOUT_BLANKS =
  /(?![\u{10000}-\u{10ffff}])[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/gu;

/**
 * Personal data in a text, in its order: contacts, numbers, addresses and names. Of two that overlap the one found
 * first stays: an account before a card, a card before a phone number.
 *
 * @param lang a language tag: which countries' numbers and addresses are likely
 */
export function findPersonalData(text: string, lang: string): PersonalMatch[] {
  const plain = plainDigits(text);
  // A number after 号 begins there, though 号 is a letter.
  const apart = plain.replaceAll(WITHOUT_BLANKS, '\n');
  const numbers = LONG_NUMBER.test(plain)
    ? [
        ...findBankAccounts(apart),
        ...findPaymentCards(apart),
        ...findSocialSecurityNumbers(apart),
        ...findPhones(plain, lang),
      ]
    : [];
  const all = [
    ...findMail(text),
    ...numbers,
    ...findIpAddresses(apart),
    ...findPostalAddresses(text, lang),
    ...findProfiles(text),
    ...findFullNames(text),
  ];
  return withoutOverlaps(all, text.length).sort((a, b) => a.start - b.start);
}

/** Of matches that overlap the first of the list. */
function withoutOverlaps(matches: readonly PersonalMatch[], length: number): PersonalMatch[] {
  if (matches.length < 2) return [...matches];
  const taken = new Uint8Array(length);
  return matches.filter(({ start, end }) => {
    if (taken.subarray(start, end).includes(1)) return false;
    taken.fill(1, start, end);
    return true;
  });
}
