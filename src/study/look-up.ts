import { NO_USAGE } from '../model/model.ts';
import type { Answer } from '../schema/run-record.ts';
import type { Store } from '../store/store.ts';
import type { StudyQuestions } from './ask-conversation.ts';
import type { LookUp } from './plan-ahead.ts';

/**
 * Studies what answers on record settle: conversations that the first one puts out of the funnel. What an answer took
 * and its text as it came are left out.
 *
 * @param model as answers are kept under it: id and revision
 */
export function lookUpIn(store: Store, model: string, questions: StudyQuestions): LookUp {
  return (planned) => {
    const requests = planned.map(({ request }) => request);
    const together = store.getMany?.(model, requests);
    return planned.map(({ request, ...conversation }) => {
      const answer = together ? together.get(request) : store.get({ request, model, repeat: 0 });
      if (!answer) return null;
      const left = questions.leaves(answer, conversation.humanMessages);
      return left === null ? null : { ...conversation, answer: needed(answer), left, further: [] };
    });
  };
}

/** As much of an answer as results are made of: all answers share the rest, so that little stays in memory. */
function needed(answer: Answer): Answer {
  return { ...answer, raw: '', usage: NO_USAGE, latency_ms: 0 };
}
