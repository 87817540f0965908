import { stoppedError } from '../batch/broken-off.ts';
import type { CorpusRecord } from '../corpus/corpus-record.ts';
import { IncompleteRunError } from '../errors/errors.ts';
import type { StudyQuestions } from './ask-conversation.ts';
import { type BatchDesk, type BatchDeskOptions, openBatchDesk } from './batch-desk.ts';
import { countHuman } from './funnel.ts';
import { type StudiedBatch, walkCorpus } from './walk-corpus.ts';

/** How far asking a corpus in batches has come. */
export interface BatchProgress {
  /** From 1. Each pass reads the whole corpus and asks what can be asked by then. */
  pass: number;
  /** Conversations read in this pass. */
  read: number;
  /** Answers that came since the start. */
  answered: number;
  /** Requests whose answers are waited for. */
  atTheApi: number;
}

export interface BatchWalkOptions extends Omit<BatchDeskOptions, 'onProgress'> {
  questions: StudyQuestions;
  onProgress: (progress: BatchProgress) => void;
}

/**
 * Asks a study's questions of a corpus through the Message Batches API, then gives the corpus with all answers, as
 * `walkCorpus` does. The corpus is read several times and never held: first for what selects conversations, then
 * for the questions about those that were kept, again where requests expired, last for the results. What the store
 * has is not asked, and what is at the API already is waited for.
 *
 * @param corpus opens it; gives the same records every time
 * @throws IncompleteRunError where the API cannot be asked, questions were canceled, or the signal is aborted:
 * batches that were sent go on, and the next run takes them up
 */
export async function* walkInBatches(
  corpus: () => AsyncIterable<readonly CorpusRecord[]>,
  options: BatchWalkOptions,
): AsyncGenerator<StudiedBatch> {
  const { questions, signal } = options;
  const desk = await askCorpus(corpus, options);
  const answerOf = (question: Parameters<BatchDesk['answerOf']>[0]) => {
    const answer = desk.answerOf(question);
    if (answer !== null) return answer;
    const mend = 'The answers so far are kept: the same command asks the rest';
    throw new IncompleteRunError('The corpus changed while it was studied.', mend);
  };
  yield* walkCorpus(corpus(), { questions, answerOf, concurrency: 1, signal });
}

/** Asks until every question has an answer. */
async function askCorpus(
  corpus: () => AsyncIterable<readonly CorpusRecord[]>,
  options: BatchWalkOptions,
): Promise<BatchDesk> {
  const progress: BatchProgress = { pass: 0, read: 0, answered: 0, atTheApi: 0 };
  const desk = openBatchDesk({
    ...options,
    onAnswer: (answer) => {
      progress.answered += 1;
      options.onAnswer(answer);
    },
    onProgress: (atTheApi) => {
      progress.atTheApi = atTheApi;
      options.onProgress({ ...progress });
    },
  });
  try {
    for (let missing = 1; missing > 0; ) {
      progress.pass += 1;
      progress.read = 0;
      missing = await askPass(corpus(), desk, options, (conversations) => {
        progress.read += conversations;
        options.onProgress({ ...progress });
      });
    }
    return desk;
  } catch (error) {
    const left = desk.underWay().length;
    if (!options.signal.aborted || left === 0) throw error;
    throw stoppedError(left, 'The same command takes the answers later.');
  }
}

/** Asks what a study can ask of every conversation so far; gives how many questions had no answer before. */
async function askPass(
  batches: AsyncIterable<readonly CorpusRecord[]>,
  desk: BatchDesk,
  { questions, signal }: Pick<BatchWalkOptions, 'questions' | 'signal'>,
  onRead: (conversations: number) => void,
): Promise<number> {
  let missing = 0;
  for await (const records of batches) {
    signal.throwIfAborted();
    const conversations = records.flatMap((each) => (each.kind === 'bad' ? [] : [each.conversation]));
    for (const conversation of conversations) {
      const first = questions.first(conversation);
      const answer = desk.answerOf(first);
      const isKept = answer !== null && questions.leaves(answer, countHuman(conversation.messages)) === null;
      const askable = answer === null ? [first] : isKept ? questions.further(conversation) : [];
      for (const question of askable) {
        if (desk.answerOf(question) !== null) continue;
        missing += 1;
        await desk.ask(question);
      }
    }
    onRead(conversations.length);
  }
  await desk.finish();
  return missing;
}
