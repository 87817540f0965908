import type { Problem } from '../errors/problem.ts';
import { fingerprint } from '../plan/fingerprint.ts';
import { fits, quote, violationsOf } from '../schema/check.ts';
import { Conversation } from '../schema/conversation.ts';
import { type JsonLine, readJsonLines } from './jsonl.ts';

/** What `conversations.jsonl` holds, read once for every suite. */
export interface Conversations {
  /** The file, as shown to the user. */
  file: string;
  /** Sound conversations, in the order of the file. */
  byId: Map<string, Conversation>;
  /** Every id that the file names, of a sound conversation or not, and its first line. */
  lines: Map<string, number>;
  /** Hash of the conversations, whatever their order, spacing or the order of their keys. */
  sha256: string;
}

/** Reads conversations, one a line: the sound ones, and a problem for everything that is wrong. */
export function parseConversations(
  bytes: Uint8Array,
  file: string,
): { value: Conversations; problems: Problem[] } {
  const read = readJsonLines(bytes, file);
  const problems = [...read.problems];
  const byId = new Map<string, Conversation>();
  const lines = new Map<string, number>();
  for (const { id, line } of read.problems) if (id !== null && line !== null) lines.set(id, line);
  for (const json of read.value) {
    const conversation = checkConversation(json, file, lines, problems);
    if (conversation !== null) byId.set(conversation.id, conversation);
  }
  if (read.value.length === 0 && problems.length === 0) problems.push(emptyProblem(file));
  return { value: { file, byId, lines, sha256: hashOf(byId) }, problems };
}

/**
 * The conversation that a line holds; null where it is not sound, or its id is taken.
 *
 * @param lines first lines of the ids so far; the line's own is added
 * @param problems what is wrong with the line is added
 */
export function checkConversation(
  { line, value }: JsonLine,
  file: string,
  lines: Map<string, number>,
  problems: Problem[],
): Conversation | null {
  const id = idOf(value);
  const report = (what: string, mend: string) => problems.push({ file, line, id, what, mend });
  for (const { what, mend } of violationsOf(Conversation, value)) report(what, mend);
  const first = id === null ? undefined : lines.get(id);
  if (first !== undefined) report(`the id is taken by line ${first}`, 'Give each conversation its own id');
  if (id !== null && first === undefined) lines.set(id, line);
  if (!fits(Conversation, value)) return null;
  const fault = turnFault(value);
  if (fault !== null) report(fault, 'Begin with a user message and let user and assistant take turns');
  return fault === null && first === undefined ? value : null;
}

/** What is wrong with a file that has no line. */
export function emptyProblem(file: string): Problem {
  const mend = 'Write one conversation on each line';
  return { file, line: null, id: null, what: 'the file is empty', mend };
}

/** The id that a line gives itself, so that a problem can name it; null where it gives none. */
export function idOf(value: JsonLine['value']): string | null {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  return typeof value.id === 'string' && /^[A-Za-z0-9_-]{1,48}$/.test(value.id) ? value.id : null;
}

function turnFault({ messages }: Conversation): string | null {
  const index = messages.findIndex(({ role }, at) => role !== (at % 2 === 0 ? 'user' : 'assistant'));
  if (index === -1) return null;
  const role = quote(messages[index]?.role);
  return index === 0
    ? `messages[0] has the role ${role}`
    : `messages[${index}] has the role ${role}, like the message before it`;
}

function hashOf(byId: ReadonlyMap<string, Conversation>): string {
  const sorted = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return fingerprint(
    sorted.map(({ id, lang, family, tags, messages }) => {
      return [id, lang, family, tags.toSorted(), messages.flatMap(({ role, content }) => [role, content])];
    }),
  );
}
