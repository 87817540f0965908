import { askCase } from '../ask/answer.ts';
import { addUsage, type Model, NO_USAGE } from '../model/model.ts';
import type { Answer, Usage } from '../schema/run-record.ts';
import type { AnswerKey, Store } from '../store/store.ts';
import type { AnswerOf, StudyQuestion } from './ask-conversation.ts';

export interface AskingOptions {
  model: Model;
  store: Store;
  signal: AbortSignal;
  /** Monotonic milliseconds. */
  clock: () => number;
}

/** Answers that a model gave just now, and what they took. */
export interface Spent {
  asked: number;
  usage: Usage;
}

export interface Asking {
  answerOf: AnswerOf;
  spent(): Spent;
}

/** What the answer to a study's question is kept under: as a suite's case is, so that they share answers. */
export function studyKey(
  { requestHash }: Pick<StudyQuestion, 'requestHash'>,
  { id, revision }: Pick<Model, 'id' | 'revision'>,
): AnswerKey {
  return { request: requestHash, model: keptUnder({ id, revision }), repeat: 0 };
}

/** The model part of a key. */
export function keptUnder({ id, revision }: Pick<Model, 'id' | 'revision'>): string {
  return revision === null ? id : `${id}@${revision}`;
}

/**
 * Answers from the store, or from the model where it has none; then the answer is in the store before it is used. A
 * question that is under way is not asked twice. Answers that failed are not kept.
 */
export function recordedOrAsked({ model, store, signal, clock }: AskingOptions): Asking {
  const underWay = new Map<string, Promise<Answer>>();
  let asked = 0;
  let usage = NO_USAGE;
  const ask = async (question: StudyQuestion): Promise<Answer> => {
    try {
      const answer = await askCase(question, question.task, model, signal, clock);
      asked += 1;
      usage = addUsage([usage, answer.usage]);
      if (answer.status !== 'failed') store.put(studyKey(question, model), answer);
      return answer;
    } finally {
      underWay.delete(question.requestHash);
    }
  };
  return {
    answerOf(question) {
      const recorded = store.get(studyKey(question, model)) ?? underWay.get(question.requestHash);
      if (recorded !== undefined) return recorded;
      const answer = ask(question);
      underWay.set(question.requestHash, answer);
      return answer;
    },
    spent: () => ({ asked, usage }),
  };
}
