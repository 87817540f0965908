import type { ModelRequest } from '../model/model.ts';
import type { Prompt } from '../prompt/load.ts';
import { type AskedLine, type LineAnswer, lineRequest, readLine } from './line-answer.ts';

/** Words of a group's name at most. */
export const MAX_NAME_WORDS = 6;

const NAME: AskedLine = {
  property: 'name',
  description: `What the lines have in common: at most ${MAX_NAME_WORDS} words, in English`,
  maxWords: MAX_NAME_WORDS,
};

/**
 * The request that has the model name a group from some of its lines. Each line is a message, so that it stands
 * between the same delimiters as a conversation's text, which it may quote.
 *
 * @param prompt `prompts/concerns/group-name.md`
 */
export function nameRequest(
  prompt: Pick<Prompt, 'system' | 'settings'>,
  lines: readonly string[],
): ModelRequest {
  return lineRequest(
    NAME,
    prompt,
    lines.map((content) => ({ role: 'user', content })),
  );
}

/** Reads the answer to `nameRequest`: a name that nobody has checked for privacy yet, or why there is none. */
export function readName(text: string): LineAnswer {
  return readLine(NAME, text);
}
