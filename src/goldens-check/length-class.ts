import type { Conversation } from '../schema/conversation.ts';

/** Classes of length, in messages of the user: each one's name and the most messages it has. */
const CLASSES = [
  ['1-2', 2],
  ['3-5', 5],
  ['6-50', 50],
  ['over 50', Number.POSITIVE_INFINITY],
] as const;

export const LENGTHS: readonly string[] = CLASSES.map(([name]) => name);

/** The class of a conversation's length: `1-2`, `3-5`, `6-50` or `over 50` messages of the user. */
export function lengthClass({ messages }: Pick<Conversation, 'messages'>): string {
  const count = messages.filter(({ role }) => role === 'user').length;
  return CLASSES.find(([, most]) => count <= most)?.[0] ?? 'over 50';
}
