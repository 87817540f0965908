import type { BadRecord, CorpusRecord } from '../corpus/corpus-record.ts';
import {
  type AnswerOf,
  type StudiedConversation,
  type StudyQuestion,
  type StudyQuestions,
  studyConversation,
} from './ask-conversation.ts';

/** A batch of a corpus with all its answers, in the corpus's order. */
export interface StudiedBatch {
  studied: StudiedConversation[];
  bad: BadRecord[];
}

export interface WalkOptions {
  questions: StudyQuestions;
  answerOf: AnswerOf;
  /** Told beforehand which first questions come next; nothing where absent. */
  lookUp?: (questions: readonly StudyQuestion[]) => void;
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
  { questions, answerOf, lookUp, concurrency, signal }: WalkOptions,
): AsyncGenerator<StudiedBatch> {
  for await (const records of batches) {
    signal.throwIfAborted();
    const bad = records.filter((record) => record.kind === 'bad');
    const conversations = records.flatMap((each) => (each.kind === 'bad' ? [] : [each.conversation]));
    const firsts = conversations.map((conversation) => questions.first(conversation));
    lookUp?.(firsts);
    const studied = new Array<StudiedConversation>(conversations.length);
    const queue = conversations.entries();
    const failed = new AbortController();
    const inTurn = async () => {
      for (const [index, conversation] of queue) {
        signal.throwIfAborted();
        if (failed.signal.aborted) return;
        const first = firsts[index];
        if (first === undefined) continue;
        const found = studyConversation(questions, conversation, first, answerOf);
        studied[index] = found instanceof Promise ? await found : found;
      }
    };
    const inTurns = Array.from({ length: Math.min(concurrency, conversations.length) }, () =>
      inTurn().catch((error: unknown) => failed.abort(error)),
    );
    await Promise.all(inTurns);
    failed.signal.throwIfAborted();
    yield { studied, bad };
  }
}
