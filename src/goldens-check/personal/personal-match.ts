/** Kinds of personal data, as a finding names them. */
export type PersonalKind =
  | 'mail address'
  | 'phone number'
  | 'payment card'
  | 'bank account (IBAN)'
  | 'social security number (US)'
  | 'IP address'
  | 'postal address'
  | 'profile'
  | 'name with surname';

/** Personal data in a text. */
export interface PersonalMatch {
  kind: PersonalKind;
  /** Half-open range of UTF-16 units. */
  start: number;
  end: number;
  /** Set aside for examples, such as `example.com`: no one's, but no model to follow either. */
  isReserved: boolean;
}

/** Every match of a pattern as personal data of one kind. */
export function matchesOf(text: string, kind: PersonalKind, pattern: RegExp): PersonalMatch[] {
  if (text.search(pattern) === -1) return [];
  return Array.from(text.matchAll(pattern), ({ index, 0: found }) => {
    return { kind, start: index, end: index + found.length, isReserved: false };
  });
}
