import type { ModelRequest } from '../model/model.ts';
import type { Prompt } from '../prompt/load.ts';
import type { Message } from '../schema/conversation.ts';
import { type AskedLine, type LineAnswer, lineRequest, readLine } from './line-answer.ts';

const CONCERN: AskedLine = {
  property: 'concern',
  description: 'What the person brings: one general line of at most 15 words, in English',
  maxWords: 15,
};

/**
 * The request for what the person of a conversation brings, as one general line without personal detail. The
 * line is never published; it is what concerns are grouped by.
 *
 * @param prompt `prompts/concerns/summary.md`
 */
export function summaryRequest(
  prompt: Pick<Prompt, 'system' | 'settings'>,
  messages: readonly Message[],
): ModelRequest {
  return lineRequest(CONCERN, prompt, messages);
}

/** Reads the answer to `summaryRequest`: a line of 1 to 15 words, or why there is none. */
export function readSummary(text: string): LineAnswer {
  return readLine(CONCERN, text);
}
