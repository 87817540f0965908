import type { Problem } from '../errors/problem.ts';
import { fits } from '../schema/check.ts';
import { Conversation } from '../schema/conversation.ts';
import type { Candidate } from './candidate.ts';
import { newIds } from './new-ids.ts';

/** What is said of records that do not say it themselves. */
export interface Defaults {
  lang: string | null;
  family: string | null;
  /** Given to every record, besides its own. */
  tags: readonly string[];
}

/** A conversation that is to be a golden, and the record that it comes from. */
export interface Added {
  conversation: Conversation;
  from: Candidate;
}

/** Longest line of `conversations.jsonl`, in bytes. */
const MAX_LINE_BYTES = 1_000_000;

/** Candidates whose line in `conversations.jsonl` would be too long to be read again are told from the others. */
export function withoutLongOnes(candidates: readonly Candidate[]): {
  short: Candidate[];
  problems: Problem[];
} {
  // What is not text takes less than this.
  const room = MAX_LINE_BYTES - 10_000;
  const isShort = ({ messages }: Candidate) => Buffer.byteLength(spaced(messages)) <= room;
  const mend = 'Leave it out, or shorten it: a golden has less than 1 MB';
  return {
    short: candidates.filter(isShort),
    problems: candidates
      .filter((candidate) => !isShort(candidate))
      .map(({ file, line }) => ({ file, line, id: null, what: 'the conversation is too long', mend })),
  };
}

/**
 * The conversations that candidates become, with new ids. What nothing says is not guessed: the language is `und`, the
 * family the conversation's own id. A family that is called as a record of the files, or whose name does not fit, is
 * called by a new id instead: that of this record, or of the family's first.
 *
 * @param existing ids of the goldens
 * @param taken further ids that must not be given
 */
export function planAdditions(
  candidates: readonly Candidate[],
  defaults: Defaults,
  existing: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): Added[] {
  const ids = newIds(existing, taken, candidates.length);
  const renamed = new Map<string, string>();
  const rename = (name: string | null, index: number) => {
    if (name !== null && !renamed.has(name)) renamed.set(name, ids[index] ?? '');
  };
  for (const [index, { ownId }] of candidates.entries()) rename(ownId, index);
  for (const [index, { family }] of candidates.entries())
    if (!fits(Conversation.properties.family, family)) rename(family, index);
  return candidates.map((from, index) => {
    const id = ids[index] ?? '';
    const family = from.family === null ? (defaults.family ?? id) : (renamed.get(from.family) ?? from.family);
    const tags = [...new Set([...from.tags, ...defaults.tags])];
    const lang = from.lang ?? defaults.lang ?? 'und';
    return { conversation: { id, lang, family, tags, messages: from.messages }, from };
  });
}

/** As long as the widest way of writing it: a space after each colon and comma. */
function spaced(value: unknown): string {
  return JSON.stringify(value, null, 1);
}
