import type { Conversation } from '../schema/conversation.ts';

/** Messages without their text, one list a length, shared by all conversations of it. */
const skeletons = new Map<number, Conversation['messages']>();

/** A conversation without its text, which is all that labels are checked against; roles take turns. */
export function outlineOf({ id, lang, family, tags, messages }: Conversation): Conversation {
  const skeleton = skeletons.get(messages.length) ?? messages.map(({ role }) => ({ role, content: '' }));
  skeletons.set(messages.length, skeleton);
  return { id, lang, family, tags, messages: skeleton };
}
