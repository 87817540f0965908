import { findBankAccounts } from './bank-account.ts';
import { findFullNames } from './full-name.ts';
import { findIpAddresses } from './ip-address.ts';
import { findMail } from './mail.ts';
import { findPaymentCards } from './payment-card.ts';
import type { PersonalMatch } from './personal-match.ts';
import { findPhones } from './phone.ts';
import { findPostalAddresses } from './postal-address.ts';
import { findProfiles } from './profile.ts';

/** Ten digits and more lie this close together in all that is a card, an account or a phone number. */
const LONG_NUMBER = /\d(?:[^\p{L}\p{N}]{0,3}\d){6}|[A-Z]{2}\d{2}[ -]?[A-Z0-9]{4}/u;

/**
 * Personal data in a text, in its order: contacts, numbers, addresses and names. Of two that overlap the one found
 * first stays: an account before a card, a card before a phone number.
 *
 * @param lang a language tag: which countries' numbers and addresses are likely
 */
export function findPersonalData(text: string, lang: string): PersonalMatch[] {
  const numbers = LONG_NUMBER.test(text)
    ? [...findBankAccounts(text), ...findPaymentCards(text), ...findPhones(text, lang)]
    : [];
  const all = [
    ...findMail(text),
    ...numbers,
    ...findIpAddresses(text),
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
