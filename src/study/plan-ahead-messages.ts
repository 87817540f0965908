import type { BadRecord, CorpusConversation } from '../corpus/corpus-record.ts';
import type { CorpusFile } from '../corpus/find-files.ts';
import type { Mapping } from '../corpus/mapping.ts';
import type { Problem } from '../errors/problem.ts';
import type { AskedStudy } from './ask-conversation.ts';
import type { PlannedConversation } from './plan-conversation.ts';

/** What the thread that reads and plans has to know; `workerData` of its worker. */
export interface AheadPlan {
  study: AskedStudy;
  files: readonly CorpusFile[];
  mapping: Mapping | null;
  limit: number | null;
}

/**
 * From that thread: batches in the corpus's order, and the conversations that were wanted of them in the order in
 * which they were. A fault that a person can mend comes as its parts, since a class does not cross threads.
 */
export type FromAhead =
  | { kind: 'batch'; planned: PlannedConversation[]; bad: BadRecord[] }
  | { kind: 'conversations'; conversations: CorpusConversation[] }
  | { kind: 'end' }
  | { kind: 'input'; problems: readonly Problem[] }
  | { kind: 'incomplete'; what: string; mend: string };

/** To it, once for every batch: which of its conversations are wanted whole. The others are let go. */
export interface ToAhead {
  /** Indexes into `planned`, ascending. */
  wanted: number[];
}

/** Batches that are read ahead of the one that is worked on. */
export const BATCHES_AHEAD = 4;
