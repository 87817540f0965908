import type { ModelRequest } from '../model/model.ts';
import type { Prompt } from '../prompt/load.ts';
import { renderUserTurn } from '../prompt/render.ts';
import type { Message } from '../schema/conversation.ts';
import { parseObject } from '../task/parse-answer.ts';

/** A line that a model is asked to write: the only property of its answer. */
export interface AskedLine {
  property: string;
  /** Said in the answer's schema; structured outputs know no length limit, so the limit is checked afterwards. */
  description: string;
  maxWords: number;
}

export type LineAnswer = { ok: true; line: string } | { ok: false; reason: string };

/** More characters than any line of so few words needs; scripts without spaces are held by it alone. */
export const MAX_CHARACTERS = 160;

/** The request for one line about some messages, which are data and stand between delimiters of their own. */
export function lineRequest(
  { property, description }: AskedLine,
  { system, settings }: Pick<Prompt, 'system' | 'settings'>,
  messages: readonly Message[],
): ModelRequest {
  return {
    system,
    user: renderUserTurn(messages, null, settings.question),
    schema: {
      type: 'object',
      properties: { [property]: { type: 'string', description } },
      required: [property],
      additionalProperties: false,
    },
    maxTokens: settings.max_tokens,
    ...(settings.effort === undefined ? {} : { effort: settings.effort }),
  };
}

/**
 * Reads a model's text as the line that was asked for: compatibility characters and spaces made plain, without
 * invisible characters, quotation marks around it or a full stop behind it. Refused where it is empty, longer than
 * asked or more than one line. A reason quotes nothing of the answer.
 */
export function readLine({ property, maxWords }: AskedLine, text: string): LineAnswer {
  const answer = parseObject(text);
  if (!answer.ok) return answer;
  const { [property]: given, ...others } = answer.object;
  if (typeof given !== 'string') return { ok: false, reason: `${property} is missing` };
  if (Object.keys(others).length > 0)
    return { ok: false, reason: 'the answer has properties that nobody asked for' };
  const trimmed = given.normalize('NFKC').trim();
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(trimmed)) return { ok: false, reason: `${property} is not one line` };
  const line = trimmed
    .replaceAll(/\p{Cf}/gu, '')
    .replace(/^["'“”‘«](.*)["'“”’»]$/u, '$1')
    .replace(/[.。]+$/u, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (!/\p{L}/u.test(line)) return { ok: false, reason: `${property} is empty` };
  if (line.split(' ').length > maxWords || line.length > MAX_CHARACTERS)
    return { ok: false, reason: `${property} is too long` };
  return { ok: true, line };
}
