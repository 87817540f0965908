import type { BadRecord, CorpusConversation, CorpusRecord } from '../corpus/corpus-record.ts';
import {
  type AnswerOf,
  type StudiedConversation,
  type StudyQuestions,
  studyConversation,
} from './ask-conversation.ts';

/** A batch of a corpus with all its answers, in the corpus's order. */
export interface StudiedBatch {
  studied: StudiedConversation[];
  bad: BadRecord[];
}

/** A batch of a corpus: what answers on record settle, and the conversations that have to be asked more. */
export interface LookedUpBatch {
  /** In the corpus's order, without the bad records; null for one that is open. */
  studied: (StudiedConversation | null)[];
  /** The conversations that are null in `studied`, in their order. */
  open: CorpusConversation[];
  bad: BadRecord[];
}

export interface WalkOptions {
  questions: StudyQuestions;
  answerOf: AnswerOf;
  /** Conversations under way at once. */
  concurrency: number;
  signal: AbortSignal;
}

/**
 * Asks a study's questions of a corpus, batch by batch. Where answers must be waited for, so many conversations are
 * under way at once; the rest of the corpus is not read yet.
 *
 * @throws what an answer throws, after the others under way have ended
 */
export async function* walkCorpus(
  batches: AsyncIterable<readonly CorpusRecord[]>,
  options: WalkOptions,
): AsyncGenerator<StudiedBatch> {
  for await (const records of batches) {
    options.signal.throwIfAborted();
    const bad = records.filter((record) => record.kind === 'bad');
    const conversations = records.flatMap((each) => (each.kind === 'bad' ? [] : [each.conversation]));
    yield { studied: await studyAll(conversations, options), bad };
  }
}

/**
 * As `walkCorpus`, of a corpus whose first answers were looked up: asks what is open.
 *
 * @throws as `walkCorpus`
 */
export async function* walkLookedUp(
  batches: AsyncIterable<LookedUpBatch>,
  options: WalkOptions,
): AsyncGenerator<StudiedBatch> {
  for await (const { studied, open, bad } of batches) {
    options.signal.throwIfAborted();
    const asked = (await studyAll(open, options)).values();
    yield { studied: studied.flatMap((each) => each ?? asked.next().value ?? []), bad };
  }
}

async function studyAll(
  conversations: readonly CorpusConversation[],
  { questions, answerOf, concurrency, signal }: WalkOptions,
): Promise<StudiedConversation[]> {
  const studied = new Array<StudiedConversation>(conversations.length);
  const queue = conversations.entries();
  const failed = new AbortController();
  const inTurn = async () => {
    for (const [index, conversation] of queue) {
      signal.throwIfAborted();
      if (failed.signal.aborted) return;
      const first = questions.first(conversation);
      const found = studyConversation(questions, conversation, first, answerOf);
      studied[index] = found instanceof Promise ? await found : found;
    }
  };
  const inTurns = Array.from({ length: Math.min(concurrency, conversations.length) }, () =>
    inTurn().catch((error: unknown) => failed.abort(error)),
  );
  await Promise.all(inTurns);
  failed.signal.throwIfAborted();
  return studied;
}
