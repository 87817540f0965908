import { type Model, type ModelReply, NO_USAGE } from '../model/model.ts';
import type { Case } from '../plan/case.ts';
import type { Answer } from '../schema/run-record.ts';
import { parseAnswer } from '../task/parse-answer.ts';
import type { Task } from '../task/task.ts';

/** Asks one question and reads what comes back. Never throws for a bad reply: that is an answer too. */
export async function askCase(
  question: Pick<Case, 'request'>,
  task: Pick<Task, 'fields'>,
  model: Model,
  signal: AbortSignal,
  clock: () => number,
): Promise<Answer> {
  const started = clock();
  const reply = await model.ask(question.request, signal);
  return readReply(reply, task, Math.max(0, Math.round(clock() - started)));
}

/** Reads a model's reply as an answer to the task. */
export function readReply(reply: ModelReply, task: Pick<Task, 'fields'>, latencyMs: number): Answer {
  if (reply.kind === 'failed') {
    return { status: 'failed', reason: reply.reason, raw: '', usage: NO_USAGE, latency_ms: latencyMs };
  }
  const given = { raw: reply.text, usage: reply.usage, latency_ms: latencyMs };
  if (reply.kind === 'refused')
    return { status: 'refused', reason: 'the model declined to answer', ...given };
  if (reply.kind === 'invalid') return { status: 'invalid', reason: reply.reason, ...given };
  const parsed = parseAnswer(task, reply.text);
  return parsed.ok
    ? { status: 'answered', label: parsed.label, ...given }
    : { status: 'invalid', reason: parsed.reason, ...given };
}
