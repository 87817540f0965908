import type { Message } from '../schema/conversation.ts';

/** A conversation of a corpus: its text and where it stands. */
export interface CorpusConversation {
  /** Fits the schema `ConversationId`; `conversationId` says where it comes from. */
  id: string;
  /** In the order of the record, the first from the user, none empty. One role may speak twice in a row. */
  messages: Message[];
  position: CorpusPosition;
}

/** The file as shown to the user, and its 1-based line or Parquet row. */
export interface CorpusPosition {
  file: string;
  line: number;
}

/** A record that could not be read; `what` is wrong with it quotes nothing of its text. */
export interface BadRecord extends CorpusPosition {
  kind: 'bad';
  what: string;
  /** Where nothing that stands behind it in its file can be read either: nobody knows how many records that is. */
  endsFile?: true;
}

/** One record of a corpus file: a conversation, or what keeps it from being one. */
export type CorpusRecord = { kind: 'conversation'; conversation: CorpusConversation } | BadRecord;

/** Longest line, in bytes, and longest text of a Parquet row, in characters. */
export const MAX_RECORD_BYTES = 64 * 2 ** 20;

/** What is said of a record that is longer. */
export const TOO_LONG = `the record is longer than ${MAX_RECORD_BYTES / 2 ** 20} MB`;
