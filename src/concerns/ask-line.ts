import type { Model, ModelRequest } from '../model/model.ts';
import { fingerprint } from '../plan/fingerprint.ts';
import type { AnswerKey, Store } from '../store/store.ts';
import type { LineAnswer } from './line-answer.ts';

export interface LineAsking {
  model: Model;
  store: Store;
  signal: AbortSignal;
  /** Called where the model gave no answer; it is asked again the next time. */
  onFailure: () => void;
}

/**
 * A line that a model wrote, from the store or asked for; null where it gave none that can be used. What was paid for
 * is in the store before it is read, so that it is not asked for again whatever it says.
 */
export async function askLine(
  request: ModelRequest,
  read: (text: string) => LineAnswer,
  { model, store, signal, onFailure }: LineAsking,
): Promise<string | null> {
  const key = lineKey(request, model);
  const recorded = store.get(key);
  if (recorded !== null) return lineOf(recorded.raw, read);
  const reply = await model.ask(request, signal);
  if (reply.kind === 'failed') {
    onFailure();
    return null;
  }
  const given = { raw: reply.text, usage: reply.usage, latency_ms: 0 };
  store.put(
    key,
    reply.kind === 'text'
      ? { status: 'answered', label: {}, ...given }
      : { status: reply.kind, reason: reply.kind === 'invalid' ? reply.reason : 'declined', ...given },
  );
  return reply.kind === 'text' ? lineOf(reply.text, read) : null;
}

/** What a line is kept under. */
export function lineKey(request: ModelRequest, { id, revision }: Pick<Model, 'id' | 'revision'>): AnswerKey {
  return {
    request: fingerprint(request),
    model: revision === null ? id : `${id}@${revision}`,
    repeat: 0,
  };
}

function lineOf(text: string, read: (text: string) => LineAnswer): string | null {
  const answer = read(text);
  return answer.ok ? answer.line : null;
}
