import type { BadRecord, CorpusConversation, CorpusRecord } from '../corpus/corpus-record.ts';
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
 * Studies what can be studied from answers on record alone.
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
  const answerOf: AnswerOf = ({ requestHash: request }) =>
    together.get(request) ?? store.get({ request, model, repeat: 0 }) ?? new Promise<never>(() => {});
  const studied = conversations.map((conversation, index) => {
    const first = firsts[index];
    if (first === undefined) return null;
    const found = studyConversation(questions, conversation, first, answerOf);
    return found instanceof Promise ? null : found;
  });
  return { studied, unanswered: conversations.filter((_each, index) => studied[index] === null), bad };
}
