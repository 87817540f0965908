import type { Message } from '../schema/conversation.ts';
import { conversationId } from './conversation-id.ts';
import { type CorpusRecord, MAX_RECORD_BYTES, TOO_LONG } from './corpus-record.ts';
import { type KeyPath, type Mapping, valueAt } from './mapping.ts';
import { type ReadMessages, readMessageList } from './message-list.ts';
import type { RawRecord } from './raw-record.ts';
import { isTranscript, transcriptMessages } from './transcript.ts';

/** Where records keep their conversation, the likeliest first; of a pair of hh-rlhf, the answer chosen. */
export const BODY_KEYS = [
  'messages',
  'conversations',
  'conversation',
  'chosen',
  'transcript',
  'prompt',
  'text',
];

/** What is said of a record without a conversation. */
export const UNKNOWN_FORM = 'holds no conversation in a form that is known';

/** Where records keep their id, the first that has one. */
export const ID_KEYS = ['id', 'conversation_id', 'conversation_hash', 'uuid'];

const BODY_PATHS: readonly KeyPath[] = BODY_KEYS.map((key) => [key]);
const ID_PATHS: readonly KeyPath[] = ID_KEYS.map((key) => [key]);

/**
 * Reads a record, whatever its format: the project's own, message arrays of OpenAI and Anthropic (`messages`, or the
 * record itself is the array), ShareGPT (`conversations`), transcripts (`chosen`, `transcript`, `prompt`, `text`), or
 * what the mapping says. A list may also stand as JSON in a text, as it does in tables. What is said of a bad one
 * quotes nothing of it.
 *
 * @param file as shown to the user
 */
export function readRecord(raw: RawRecord, file: string, mapping: Mapping | null): CorpusRecord {
  const { line } = raw;
  const bad = (what: string): CorpusRecord => ({ kind: 'bad', file, line, what });
  if (raw.kind === 'fault' && raw.endsFile === true) return { ...raw, kind: 'bad', file };
  const given = givenValue(raw);
  if (given.kind === 'fault') return bad(given.what);
  const record = given.value;
  const read = readBody(record, mapping);
  if (read === null) return bad(UNKNOWN_FORM);
  if (read.kind === 'fault') return bad(read.what);
  const { messages } = read;
  if (textLength(messages) > MAX_RECORD_BYTES) return bad(TOO_LONG);
  const id = conversationId(ownIdOf(record, mapping), messages);
  return { kind: 'conversation', conversation: { id, messages, position: { file, line } } };
}

/** Length of the messages' text, in characters. */
export function textLength(messages: readonly Message[]): number {
  return messages.reduce((length, { content }) => length + content.length, 0);
}

function readBody(record: unknown, mapping: Mapping | null): ReadMessages | null {
  const body = bodyOf(record, mapping);
  if (body === null) return null;
  return body.kind === 'list'
    ? readMessageList(body.list, mapping)
    : readMessageList(transcriptMessages(body.text), null);
}

/** Where a record's conversation stands; null where it has nothing that could be one. */
export function bodyOf(
  record: unknown,
  mapping: Mapping | null,
): { kind: 'list'; list: readonly unknown[] } | { kind: 'transcript'; text: string } | null {
  if (Array.isArray(record) && !mapping?.messages) return { kind: 'list', list: record };
  for (const keys of mapping?.messages ? [mapping.messages] : BODY_PATHS) {
    const body = valueAt(record, keys);
    if (typeof body === 'string' && isTranscript(body)) return { kind: 'transcript', text: body };
    const list = typeof body === 'string' ? listOf(body) : body;
    if (Array.isArray(list)) return { kind: 'list', list };
  }
  return null;
}

/** What a record calls itself, text or a number; undefined where it does not. */
export function ownIdOf(record: unknown, mapping: Mapping | null): unknown {
  return firstAt(record, mapping?.id ? [mapping.id] : ID_PATHS, isId);
}

/** A record's value, or what keeps it from being read. */
export function givenValue(
  raw: RawRecord,
): { kind: 'value'; value: unknown } | { kind: 'fault'; what: string } {
  if (raw.kind === 'fault') return { kind: 'fault', what: raw.what };
  try {
    return { kind: 'value', value: raw.kind === 'json' ? JSON.parse(raw.json) : raw.value };
  } catch (error) {
    const breaksOff = error instanceof Error && /^Unexpected end|^Unterminated/.test(error.message);
    return { kind: 'fault', what: breaksOff ? 'the JSON breaks off' : 'is not JSON' };
  }
}

/** The value of a text that holds a list as JSON; null for any other text. */
function listOf(text: string): unknown {
  if (!/^\s*\[/.test(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function firstAt(record: unknown, paths: readonly KeyPath[], suits: (value: unknown) => boolean): unknown {
  return paths.map((keys) => valueAt(record, keys)).find(suits);
}

function isId(value: unknown): boolean {
  return (
    (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'bigint'
  );
}
