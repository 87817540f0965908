import type { Conversation } from '../schema/conversation.ts';
import type { PersonalFinding, Severity } from './finding.ts';
import { findPersonalData } from './personal/personal-data.ts';
import type { PersonalKind } from './personal/personal-match.ts';

const SEVERITY: Readonly<Record<PersonalKind, Severity>> = {
  'payment card': 'error',
  'bank account (IBAN)': 'error',
  'social security number (US)': 'error',
  'mail address': 'warning',
  'phone number': 'warning',
  'postal address': 'warning',
  'IP address': 'warning',
  profile: 'warning',
  'name with surname': 'note',
};

/**
 * Personal data in the messages of a conversation. What is set aside for examples (`example.com`) is a note.
 *
 * @param withText whether the findings quote it; otherwise its first character and its length are all that is kept
 */
export function personalFindings({ id, lang, messages }: Conversation, withText: boolean): PersonalFinding[] {
  return messages.flatMap(({ content }, message) =>
    findPersonalData(content, lang).map(({ kind, start, end, isReserved }): PersonalFinding => {
      const text = content.slice(start, end).trim();
      const severity = isReserved ? 'note' : SEVERITY[kind];
      const finding = { section: 'personal', severity, kind, id, message, masked: masked(text) } as const;
      return withText ? { ...finding, text } : finding;
    }),
  );
}

function masked(text: string): string {
  const [first = ''] = text;
  return `${first}… (${text.length} characters)`;
}
