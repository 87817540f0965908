import type { CorpusConversation } from '../corpus/corpus-record.ts';
import type { StudiedConversation, StudyQuestions } from './ask-conversation.ts';
import { countHuman } from './funnel.ts';

/** A conversation without its text, and what the answer to its first question is kept under. */
export interface PlannedConversation
  extends Pick<StudiedConversation, 'conversation' | 'file' | 'line' | 'humanMessages' | 'cut'> {
  request: string;
}

/** What most of a corpus is settled by: those that leave the funnel are not needed whole. */
export function planConversation(
  questions: StudyQuestions,
  conversation: CorpusConversation,
): PlannedConversation {
  return {
    conversation: conversation.id,
    ...conversation.position,
    humanMessages: countHuman(conversation.messages),
    cut: questions.isCut(conversation),
    request: questions.first(conversation).requestHash,
  };
}
