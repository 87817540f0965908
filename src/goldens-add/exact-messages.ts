import type { Mapping } from '../corpus/mapping.ts';
import { contentOf, speakerOf, UNSAID } from '../corpus/message-list.ts';
import type { bodyOf } from '../corpus/read-record.ts';
import { exactTurns } from '../corpus/transcript.ts';
import type { Message } from '../schema/conversation.ts';

/** What is wrong with a record, and what to do about it; nothing of its text is quoted. */
interface Fault {
  what: string;
  mend: string;
}

/** The messages of a record as they were written, or why they can be no golden. */
type ExactMessages =
  | {
      kind: 'messages';
      messages: Message[];
      /** Messages and blocks that neither side said: of system and tools. */
      leftOut: number;
      /** Messages that were joined to the one before. */
      merged: number;
    }
  | ({ kind: 'fault' } & Fault);

/**
 * Reads a conversation byte for byte, lone surrogates and white space included. What a golden cannot hold is refused
 * instead of being mended: an empty message, an image, an assistant who begins, two messages of one role in a row
 * (joined by a blank line if so asked). Messages of system and tools, and calls of tools, are left out and counted.
 */
export function exactMessages(
  body: NonNullable<ReturnType<typeof bodyOf>>,
  mapping: Mapping | null,
  { mergeTurns }: { mergeTurns: boolean },
): ExactMessages {
  const { list, before } = body.kind === 'list' ? { list: body.list, before: 0 } : transcriptTurns(body.text);
  const messages: Message[] = [];
  let [leftOut, merged] = [before, 0];
  for (const [index, item] of list.entries()) {
    const place = `message ${index + 1}`;
    const read = readMessage(item, body.kind === 'list' ? mapping : null);
    if (read.kind === 'fault') return { kind: 'fault', what: `${place} ${read.what}`, mend: read.mend };
    leftOut += read.leftOut;
    if (read.message === null) continue;
    const { role, content } = read.message;
    const last = messages.at(-1);
    if (last === undefined && role === 'assistant')
      return { kind: 'fault', what: `${place} is the assistant's, before any of the user`, mend: MEND_TURNS };
    if (last?.role !== role) messages.push({ role, content });
    else if (mergeTurns) {
      last.content = `${last.content}\n\n${content}`;
      merged += 1;
    } else {
      const mend = `${MEND_TURNS}, or join such messages with --merge-turns`;
      return { kind: 'fault', what: `${place} is the ${role}'s, like the one before it`, mend };
    }
  }
  return messages.length === 0
    ? { kind: 'fault', what: 'there is no message of the user', mend: MEND_TURNS }
    : { kind: 'messages', messages, leftOut, merged };
}

const MEND_TURNS = 'Let user and assistant take turns, the user first';

type ReadMessage = { kind: 'read'; message: Message | null; leftOut: number } | ({ kind: 'fault' } & Fault);

function readMessage(item: unknown, mapping: Mapping | null): ReadMessage {
  if (typeof item !== 'object' || item === null)
    return { kind: 'fault', what: 'is no object', mend: 'Give it a role and a content' };
  const role = speakerOf(item, mapping);
  if (role === undefined)
    return { kind: 'fault', what: 'has no known role', mend: 'Name the roles with --map user=U,assistant=B' };
  if (role === 'left out') return { kind: 'read', message: null, leftOut: 1 };
  const read = textOf(contentOf(item, mapping));
  if (read.kind === 'fault') return read;
  const calls = callsTools(item) ? 1 : 0;
  if (/\S/.test(read.text))
    return { kind: 'read', message: { role, content: read.text }, leftOut: read.leftOut + calls };
  if (read.leftOut + calls > 0) return { kind: 'read', message: null, leftOut: read.leftOut + calls };
  return { kind: 'fault', what: 'is empty', mend: 'Take it out of the file' };
}

type ReadText = { kind: 'text'; text: string; leftOut: number } | ({ kind: 'fault' } & Fault);

function textOf(content: unknown): ReadText {
  if (typeof content === 'string') return { kind: 'text', text: content, leftOut: 0 };
  if (content === undefined || content === null) return { kind: 'text', text: '', leftOut: 0 };
  if (!Array.isArray(content))
    return { kind: 'fault', what: 'has a content that is no text', mend: 'Write it as text' };
  const texts: string[] = [];
  let leftOut = 0;
  for (const block of content) {
    if (isUnsaid(block)) leftOut += 1;
    else {
      const text: unknown = typeof block === 'object' && block !== null ? Reflect.get(block, 'text') : block;
      if (typeof text !== 'string') {
        const what = 'holds something that is no text, such as an image';
        return { kind: 'fault', what, mend: 'A golden holds text alone: write it without' };
      }
      texts.push(text);
    }
  }
  if (texts.length > 1)
    return { kind: 'fault', what: `has ${texts.length} blocks of text`, mend: 'Write them as one text' };
  return { kind: 'text', text: texts[0] ?? '', leftOut };
}

function isUnsaid(block: unknown): boolean {
  const type: unknown = typeof block === 'object' && block !== null ? Reflect.get(block, 'type') : null;
  return typeof type === 'string' && UNSAID.test(type);
}

function callsTools(item: object): boolean {
  const calls: unknown = Reflect.get(item, 'tool_calls');
  return (Array.isArray(calls) && calls.length > 0) || Reflect.get(item, 'function_call') instanceof Object;
}

function transcriptTurns(text: string): { list: readonly unknown[]; before: number } {
  const { before, turns } = exactTurns(text);
  return { list: turns, before: /\S/.test(before) ? 1 : 0 };
}
