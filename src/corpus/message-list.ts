import type { Message } from '../schema/conversation.ts';
import { type Mapping, valueAt } from './mapping.ts';
import { KNOWN_ROLES, type Speaker } from './role.ts';

/** The messages of a record, or what is wrong with it; a fault quotes nothing of the record. */
export type ReadMessages = { kind: 'messages'; messages: Message[] } | { kind: 'fault'; what: string };

/** What stands for a block that is no text, by the block's type. */
const PLACEHOLDERS: ReadonlyMap<string, string> = new Map([
  ['image', '[image]'],
  ['image_url', '[image]'],
  ['input_image', '[image]'],
  ['document', '[document]'],
  ['file', '[document]'],
  ['input_file', '[document]'],
  ['audio', '[audio]'],
  ['input_audio', '[audio]'],
  ['video', '[video]'],
  ['video_url', '[video]'],
]);

/** Blocks that neither the person nor the assistant said: calls of tools, their results, thoughts. */
export const UNSAID = /tool|thinking|reasoning/;

/**
 * Reads a list of messages: `role` or `from`, and `content`, `value` or `text`, or what the mapping says. Content
 * is text or a list of blocks: texts are joined by line feeds, images and files become a placeholder such as
 * `[image]`. Left out: messages of system, developer and tools, calls of tools and their results, empty messages,
 * and what the assistant says before the user's first message. Messages of one role in a row stay apart, so that
 * as many are counted as were sent. Lone surrogates become U+FFFD.
 */
export function readMessageList(list: readonly unknown[], mapping: Mapping | null): ReadMessages {
  const messages: Message[] = [];
  for (const [index, item] of list.entries()) {
    if (typeof item !== 'object' || item === null) return fault(`message ${index + 1} is no object`);
    const speaker = speakerOf(item, mapping);
    if (speaker === undefined) return fault(`message ${index + 1} has no known role`);
    if (speaker === 'left out') continue;
    const content = textOf(contentOf(item, mapping));
    if (content === null) return fault(`message ${index + 1} has a content that is no text`);
    if (speaker === 'assistant' && messages.length === 0) continue;
    if (/\S/.test(content)) messages.push({ role: speaker, content: content.toWellFormed() });
  }
  return messages.length === 0 ? fault('there is no message of the user') : { kind: 'messages', messages };
}

/** Where messages say who speaks. */
export const ROLE_KEYS = ['role', 'from'];
/** Where messages keep their text. */
export const CONTENT_KEYS = ['content', 'value', 'text'];

/** Who speaks in a message; undefined where its role is not known. */
export function speakerOf(item: object, mapping: Mapping | null): Speaker | undefined {
  const role = mapping?.role ? valueAt(item, mapping.role) : firstOf(item, ROLE_KEYS);
  const roles = mapping?.roles ?? KNOWN_ROLES;
  return typeof role === 'string' ? (roles.get(role) ?? roles.get(role.toLowerCase())) : undefined;
}

/** The content of a message as it was given. */
export function contentOf(item: object, mapping: Mapping | null): unknown {
  return mapping?.content ? valueAt(item, mapping.content) : firstOf(item, CONTENT_KEYS);
}

function firstOf(item: object, keys: readonly string[]): unknown {
  for (const key of keys) {
    const value: unknown = Reflect.get(item, key);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** The text of a content, empty where it has none; null for what is no content. */
function textOf(content: unknown): string | null {
  if (typeof content === 'string') return content;
  if (content === undefined || content === null) return '';
  if (!Array.isArray(content)) return null;
  const texts = content.map(blockText).filter((text) => text !== '');
  return texts.join('\n');
}

function blockText(block: unknown): string {
  if (typeof block === 'string') return block;
  if (typeof block !== 'object' || block === null) return '';
  const type: unknown = Reflect.get(block, 'type');
  const text: unknown = Reflect.get(block, 'text');
  if (typeof type === 'string' && UNSAID.test(type)) return '';
  if (typeof text === 'string') return text;
  return (typeof type === 'string' ? PLACEHOLDERS.get(type) : undefined) ?? '[attachment]';
}

function fault(what: string): ReadMessages {
  return { kind: 'fault', what };
}
