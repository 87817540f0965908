import { matchesOf, type PersonalMatch } from './personal-match.ts';

const ACCOUNT = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}(?![A-Za-z0-9])/gu;

/** International bank account numbers with right check digits. Source: ISO 13616, ISO 7064 MOD 97-10. */
export function findBankAccounts(text: string): PersonalMatch[] {
  return matchesOf(text, 'bank account (IBAN)', ACCOUNT).flatMap((match) => {
    // A capital or a number after it may have been taken for a part of it.
    for (let { end } = match; end - match.start >= 15; end -= 1) {
      const account = text.slice(match.start, end).replaceAll(/[ -]/g, '');
      if (account.length >= 15 && /[A-Z0-9]$/.test(text[end - 1] ?? '') && hasCheckDigits(account))
        return [{ ...match, end }];
    }
    return [];
  });
}

function hasCheckDigits(account: string): boolean {
  let rest = 0;
  for (const character of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
