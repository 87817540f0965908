import { matchesOf, type PersonalMatch } from './personal-match.ts';

/** Country, check digits, and as much after them as the longest account has. */
const ACCOUNT = /(?<![\p{L}\p{N}])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,29}/gu;
/** With fewer digits it is words: no country's numbers have so few. */
const LEAST_DIGITS = 8;

/** How many characters each country's accounts have. Source: SWIFT, IBAN registry. */
const LENGTHS: ReadonlyMap<string, number> = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24
  FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21
  LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22
  RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20`
    .split(/\s+/)
    .map((each) => [each.slice(0, 2), Number(each.slice(2))]),
);

/**
 * International bank account numbers: a country's letters, its length, right check digits; in capitals or small
 * letters. Source: ISO 13616, ISO 7064 MOD 97-10.
 */
export function findBankAccounts(text: string): PersonalMatch[] {
  return matchesOf(text, 'bank account (IBAN)', ACCOUNT).flatMap((match) => {
    const length = LENGTHS.get(text.slice(match.start, match.start + 2).toUpperCase());
    const end = length === undefined ? null : endOf(text, match.start, length);
    if (end === null || /[A-Za-z0-9]/.test(text[end] ?? '')) return [];
    const account = text.slice(match.start, end).replaceAll(/[ -]/g, '').toUpperCase();
    const digits = account.replaceAll(/\D/g, '').length;
    return digits >= LEAST_DIGITS && hasCheckDigits(account) ? [{ ...match, end }] : [];
  });
}

/** Where so many letters and digits from a place on end; null where they are fewer. What follows may be words. */
function endOf(text: string, start: number, length: number): number | null {
  let left = length;
  for (let place = start; place < text.length; place += 1) {
    if (/[A-Za-z0-9]/.test(text[place] ?? '')) left -= 1;
    if (left === 0) return place + 1;
  }
  return null;
}

function hasCheckDigits(account: string): boolean {
  let rest = 0;
  for (const character of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
