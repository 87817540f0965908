import { hash } from 'node:crypto';
import { fits } from '../schema/check.ts';
import { ConversationId, type Message } from '../schema/conversation.ts';

const MAX_OWN_ID = 200;

/**
 * The id of a conversation, safe in a file's name and in a `custom_id`:
 * - the record's own, where it fits the schema `ConversationId`;
 * - `h` and the first 16 hex digits of its SHA-256, for another text of up to 200 characters;
 * - `c` and the first 16 hex digits of the SHA-256 of the messages, for a record without an id, or with a number
 *   that JSON cannot carry exactly. Two such records of the same text have the same id.
 *
 * @param own the record's id as it was read: text or a whole number
 */
export function conversationId(own: unknown, messages: readonly Message[]): string {
  const text = Number.isSafeInteger(own) || typeof own === 'bigint' ? String(own) : own;
  if (typeof text !== 'string' || text === '' || text.length > MAX_OWN_ID)
    return `c${shortHash(JSON.stringify(messages))}`;
  return fits(ConversationId, text) ? text : `h${shortHash(text)}`;
}

function shortHash(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 16);
}
