import { matchesOf, type PersonalMatch } from './personal-match.ts';

const DIGITS = /(?<![\p{L}\p{N}.-])\d(?:[ -]?\d){12,18}(?![\p{L}\p{N}-])/gu;

/** First digits and lengths of the large issuers. Source: ISO/IEC 7812 and the networks' published ranges. */
const ISSUERS: readonly (readonly [first: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65)/, [16, 19]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^3(?:0[0-5]|[689])/, [14]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:60|65|81|82|508)/, [16]],
];

/** Numbers of payment cards: an issuer's first digits, its length, and a right check digit. */
export function findPaymentCards(text: string): PersonalMatch[] {
  return matchesOf(text, 'payment card', DIGITS).filter(({ start, end }) => {
    const digits = text.slice(start, end).replaceAll(/\D/g, '');
    const isIssued = ISSUERS.some(
      ([first, lengths]) => first.test(digits) && lengths.includes(digits.length),
    );
    return isIssued && hasCheckDigit(digits) && new Set(digits).size > 1;
  });
}

/** Luhn's check. Source: ISO/IEC 7812-1, annex B. */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
