import { conversationId } from '../corpus/conversation-id.ts';
import type { CorpusFile } from '../corpus/find-files.ts';
import type { Mapping } from '../corpus/mapping.ts';
import { mappingFor, openFiles } from '../corpus/open-files.ts';
import { type Candidate, candidateOf, FACT_KEYS } from '../goldens-add/candidate.ts';
import type { Conversation } from '../schema/conversation.ts';
import { bottomSample } from './bottom-sample.ts';

/** A conversation of a corpus that could become a golden. */
export interface PooledConversation {
  /** Of the record, or made of its text; fits the schema `ConversationId`. */
  id: string;
  /** Null where the record does not say it. */
  lang: string | null;
  messages: Conversation['messages'];
}

/** What was drawn of a corpus. */
export interface Pool {
  /** In random order. */
  conversations: PooledConversation[];
  /** Records that were read. */
  records: number;
  /** Records that cannot be goldens. */
  bad: number;
  /** Records of which there was no room in the sample, or whose text came before. */
  notDrawn: number;
}

export interface PoolOptions {
  mapping: Mapping | null;
  /** Most to draw. */
  limit: number;
  seed: number;
  signal: AbortSignal;
  /** Told of each record that cannot be a golden. */
  onBad(record: { file: string; line: number; what: string }): void;
}

/** UTF-16 characters of a conversation that still makes a golden line, however it is written. */
const LONGEST = 150_000;

/**
 * Draws conversations of a corpus that `goldens add` would take, without holding more than twice as many. The same
 * records in any order give the same.
 *
 * @throws as `openFiles`; the signal's reason
 */
export async function readPool(files: readonly CorpusFile[], options: PoolOptions): Promise<Pool> {
  const { mapping, limit, seed, signal, onBad } = options;
  const sample = bottomSample<PooledConversation>(limit, seed, comesFirst);
  let [records, bad] = [0, 0];
  const reader = await openFiles(files, mapping, FACT_KEYS);
  try {
    for (const file of files) {
      const own = mappingFor(file, mapping);
      for await (const some of reader.records(file)) {
        signal.throwIfAborted();
        for (const raw of some) {
          const read = candidateOf(raw, file.shown, own, { mergeTurns: false });
          records += 1;
          const fault = read.kind === 'problem' ? read.problem.what : faultOf(read.candidate);
          if (read.kind === 'candidate' && fault === null)
            sample.offer(JSON.stringify(read.candidate.messages), pooled(read.candidate));
          else {
            bad += 1;
            onBad({ file: file.shown, line: raw.line, what: fault ?? '' });
          }
        }
      }
    }
  } finally {
    reader.close();
  }
  const conversations = sample.drawn();
  return { conversations, records, bad, notDrawn: records - bad - conversations.length };
}

function faultOf({ messages }: Candidate): string | null {
  const length = messages.reduce((sum, { content }) => sum + content.length, 0);
  return length > LONGEST
    ? `the conversation is longer than ${LONGEST.toLocaleString('en')} characters`
    : null;
}

function pooled({ ownId, lang, messages }: Candidate): PooledConversation {
  return { id: conversationId(ownId, messages), lang, messages };
}

function comesFirst(a: PooledConversation, b: PooledConversation): boolean {
  return a.id === b.id ? (a.lang ?? '') > (b.lang ?? '') : a.id < b.id;
}
