import type { Question } from '../ask/evaluate.ts';
import type { Answer } from '../schema/run-record.ts';
import type { AnswerKey, Store } from '../store/store.ts';
import { customId } from './batch-request.ts';
import type { Outcome } from './batch-result.ts';
import { openUnanswered } from './unanswered.ts';

/** Questions that wait for an answer; those with the same request and repeat wait together. */
export interface PendingQuestions {
  /** What was found so far. */
  answers: Map<Question, Answer>;
  has(customId: string): boolean;
  /** One question for each id without an answer. */
  waiting(): ReadonlyMap<string, Question>;
  /** Takes whatever the store has by now. */
  lookUp(): void;
  /** Hears what became of requests without an answer, and gives how many of those were canceled. */
  takeNote(others: ReadonlyMap<string, Outcome>): number;
}

export function pendingQuestions(
  questions: readonly Question[],
  store: Store,
  keyOf: (question: Question) => AnswerKey,
): PendingQuestions {
  const answers = new Map<Question, Answer>();
  const pending = Map.groupBy(questions, (each) => customId(each.case.requestHash, each.repeat));
  const unanswered = openUnanswered();
  const settle = (id: string, answer: Answer) => {
    for (const question of pending.get(id) ?? []) answers.set(question, answer);
    pending.delete(id);
  };
  const waiting = () =>
    new Map([...pending].flatMap(([id, [first]]) => (first === undefined ? [] : [[id, first] as const])));
  return {
    answers,
    has: (id) => pending.has(id),
    waiting,
    lookUp: () => {
      for (const [id, question] of waiting()) {
        const stored = store.get(keyOf(question));
        if (stored !== null) settle(id, stored);
      }
    },
    takeNote: (others) => {
      let canceled = 0;
      for (const [id, outcome] of others) {
        if (!pending.has(id)) continue;
        const failed = unanswered.settle(id, outcome);
        if (failed !== null) settle(id, failed);
        else if (outcome.kind === 'canceled') canceled += 1;
      }
      return canceled;
    },
  };
}
