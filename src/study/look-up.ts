import type { BadRecord, CorpusConversation, CorpusRecord } from '../corpus/corpus-record.ts';
import { NO_USAGE } from '../model/model.ts';
import type { Answer } from '../schema/run-record.ts';
import type { Store } from '../store/store.ts';
import {
  type AnswerOf,
  type StudiedConversation,
  type StudyQuestions,
  studyConversation,
} from './ask-conversation.ts';

/** A batch of a corpus: what the answers on record say of it, and what has still to be asked. */
export interface LookedUpBatch {
  /** In the corpus's order, without the bad records; null where an answer is missing. */
  studied: (StudiedConversation | null)[];
  /** The conversations that are null in `studied`, in their order. */
  unanswered: CorpusConversation[];
  bad: BadRecord[];
}

/**
 * Studies what can be studied from answers on record alone. What an answer took and its text as it came are left out.
 *
 * @param model as answers are kept under it: id and revision
 */
export function lookUp(
  records: readonly CorpusRecord[],
  questions: StudyQuestions,
  store: Store,
  model: string,
): LookedUpBatch {
  const bad = records.filter((record) => record.kind === 'bad');
  const conversations = records.flatMap((each) => (each.kind === 'bad' ? [] : [each.conversation]));
  const firsts = conversations.map((conversation) => questions.first(conversation));
  const requests = firsts.map(({ requestHash }) => requestHash);
  const together: ReadonlyMap<string, Answer> = store.getMany?.(model, requests) ?? new Map();
  const answerOf: AnswerOf = ({ requestHash: request }) => {
    const answer = together.get(request) ?? store.get({ request, model, repeat: 0 });
    return answer === null ? new Promise<never>(() => {}) : found(answer);
  };
  const studied = conversations.map((conversation, index) => {
    const first = firsts[index];
    if (first === undefined) return null;
    const each = studyConversation(questions, conversation, first, answerOf);
    return each instanceof Promise ? null : each;
  });
  return { studied, unanswered: conversations.filter((_each, index) => studied[index] === null), bad };
}

/** As much of an answer as results are made of: all answers share the rest, so that little crosses threads. */
function found(answer: Answer): Answer {
  return { ...answer, raw: '', usage: NO_USAGE, latency_ms: 0 };
}
