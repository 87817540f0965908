import { createHash } from 'node:crypto';
import type { ModelRequest } from '../model/model.ts';
import type { Prompt } from '../prompt/load.ts';
import { type RenderedWindow, renderUserTurn } from '../prompt/render.ts';
import type { Message } from '../schema/conversation.ts';
import { answerSchema } from '../task/answer-schema.ts';
import type { Task } from '../task/task.ts';
import { canonicalJson } from './fingerprint.ts';

/** A request, and what its answer is kept under. */
export interface HashedRequest {
  request: ModelRequest;
  /** `fingerprint(request)`. */
  requestHash: string;
}

/** Makes the requests of one prompt. */
export function requestMaker(
  task: Task,
  { system, settings }: Pick<Prompt, 'system' | 'settings'>,
): (messages: readonly Message[], window: RenderedWindow | null) => HashedRequest {
  const withUser = requestsWith({
    system,
    schema: answerSchema(task),
    maxTokens: settings.max_tokens,
    ...(settings.effort === undefined ? {} : { effort: settings.effort }),
  });
  return (messages, window) => withUser(renderUserTurn(messages, window, settings.question));
}

/**
 * Makes requests that differ in their user turn alone. What comes before it is hashed once: of a request's canonical
 * JSON the user turn comes last, `user` being the last of its keys.
 */
export function requestsWith(common: Omit<ModelRequest, 'user'>): (user: string) => HashedRequest {
  const before = createHash('sha256').update(`${canonicalJson(common).slice(0, -1)},"user":`);
  return (user) => {
    const requestHash = before.copy().update(JSON.stringify(user)).update('}').digest('hex');
    return { request: { ...common, user }, requestHash };
  };
}
