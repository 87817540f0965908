import type Anthropic from '@anthropic-ai/sdk';
import type { Question } from '../ask/evaluate.ts';
import type { PriceOf } from '../cost/cost-of.ts';
import { systemTiming, type Timing } from '../model/anthropic/timing.ts';
import type { Answer } from '../schema/run-record.ts';
import type { BatchLog, LoggedBatch } from '../store/batch-log.ts';
import type { AnswerKey, Store } from '../store/store.ts';
import type { Task } from '../task/task.ts';
import { type BatchApi, openBatchApi } from './batch-api.ts';
import { batchRequest, customId } from './batch-request.ts';
import { canceledError, stoppedError } from './broken-off.ts';
import { collectBatch } from './collect-batch.ts';
import { pendingQuestions } from './pending-questions.ts';
import { FIRST_POLL_MS, nextPollMs } from './poll-interval.ts';
import { sendBatches } from './send-batches.ts';
import { settleAbandoned } from './settle-abandoned.ts';
import { BATCH_LIMITS, type BatchLimits } from './split-requests.ts';

export interface BatchContext {
  client: Anthropic;
  /** The API's name for it, such as `claude-haiku-5-5`. */
  model: string;
  /** What a request of a batch costs; null where the model's price is unknown. */
  price: PriceOf | null;
  store: Store;
  keyOf: (question: Question) => AnswerKey;
  /** Its name is the suite's. */
  task: Task;
  log: BatchLog;
  signal: AbortSignal;
  timing?: Timing;
  /** How long to go on while the API does not answer. */
  patienceSeconds?: number;
  limits?: BatchLimits;
  onProgress: (done: number, total: number) => void;
  /** A sentence without a full stop. */
  onNotice: (text: string) => void;
}

/**
 * Answers questions through the Message Batches API, at half the price and within a day. What the store has
 * is taken from there; what a batch under way has, of whichever run or suite, is waited for; the rest is
 * sent. Every answer is in the store as soon as it is read. `failed` ones are not stored.
 *
 * May be called for several tasks at once: their batches then run side by side.
 *
 * @returns an answer to every question
 * @throws IncompleteRunError where the API cannot be asked, questions were canceled, or the signal is
 *   aborted: batches that were sent go on, and the next call takes them up
 */
export async function askInBatches(
  questions: readonly Question[],
  context: BatchContext,
): Promise<Map<Question, Answer>> {
  const { model, store, keyOf, log, signal, timing = systemTiming, patienceSeconds = 600 } = context;
  const api = openBatchApi({ ...context, timing, patienceSeconds });
  const pending = pendingQuestions(questions, store, keyOf);
  const idsOf = rememberIds(log, pending.has);
  const isOurs = ({ model: asked, origin }: LoggedBatch) => asked === model && origin === api.origin;
  const underWay = () => log.list().filter((batch) => batch.state !== 'closed' && isOurs(batch));
  const concerning = () => underWay().filter(({ number }) => idsOf(number).some((id) => pending.has(id)));

  /** Looks at every batch that has one of the questions; whether any has ended. */
  const collect = async (): Promise<boolean> => {
    let isNews = false;
    for (const batch of concerning()) {
      if (batch.id === null) continue;
      const collected = await collectBatch(batch, batch.id, { ...context, api, log });
      isNews ||= collected.state !== 'running';
      const canceled = collected.state === 'closed' ? pending.takeNote(collected.others) : 0;
      if (canceled > 0) throw canceledError(canceled);
    }
    return isNews;
  };
  const run = async () => {
    let wait = FIRST_POLL_MS;
    for (;;) {
      signal.throwIfAborted();
      // Before the store is looked at: a batch that another process closes in between has its answers there.
      const covered = new Set(concerning().flatMap(({ number }) => idsOf(number)));
      pending.lookUp();
      context.onProgress(pending.answers.size, questions.length);
      if (pending.waiting().size === 0) return;
      if ((await settleAbandoned(isOurs, { api, log, timing, signal })) > 0) continue;
      const free = [...pending.waiting()].filter(([id]) => !covered.has(id)).map(([, question]) => question);
      if (free.length > 0) await send(free, { ...context, api, timing });
      const isNews = await collect();
      if (!isNews) await timing.sleep(wait, signal).catch(() => {});
      wait = isNews ? FIRST_POLL_MS : nextPollMs(wait);
    }
  };

  try {
    await run();
    return pending.answers;
  } catch (error) {
    const left = underWay().flatMap(({ id }) => id ?? []);
    if (!signal.aborted || left.length === 0) throw error;
    context.onNotice(`at the API: ${left.join(', ')}`);
    throw stoppedError(left.length, 'The same command, or touchstone batch resume, takes the answers later.');
  }
}

async function send(
  questions: readonly Question[],
  context: BatchContext & { api: BatchApi; timing: Timing },
): Promise<void> {
  const { model, keyOf, task, limits = BATCH_LIMITS } = context;
  const [first] = questions;
  if (first === undefined) return;
  const outgoing = questions.map((question) => {
    const { request, repeat } = keyOf(question);
    const logged = { customId: customId(question.case.requestHash, question.repeat), request, repeat };
    return { logged, request: () => batchRequest(question, model) };
  });
  const about = { model, storedAs: keyOf(first).model, suite: task.name, task };
  await sendBatches(outgoing, about, { ...context, limits });
}

/**
 * The custom ids of a batch that are among those asked about, read once: they never change while it is under way,
 * and of the others, a hundred thousand a batch, none is kept.
 */
function rememberIds(
  log: BatchLog,
  isAskedAbout: (id: string) => boolean,
): (number: number) => readonly string[] {
  const known = new Map<number, readonly string[]>();
  return (number) => {
    const ids =
      known.get(number) ??
      log
        .requestsOf(number)
        .map(({ customId: id }) => id)
        .filter(isAskedAbout);
    known.set(number, ids);
    return ids;
  };
}
