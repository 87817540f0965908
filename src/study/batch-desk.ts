import type Anthropic from '@anthropic-ai/sdk';
import { type BatchApi, openBatchApi } from '../batch/batch-api.ts';
import { type BatchQuestion, batchRequest, customId, requestBytes } from '../batch/batch-request.ts';
import type { Outcome } from '../batch/batch-result.ts';
import { canceledError } from '../batch/broken-off.ts';
import { collectBatch } from '../batch/collect-batch.ts';
import { FIRST_POLL_MS, nextPollMs } from '../batch/poll-interval.ts';
import { sendBatches } from '../batch/send-batches.ts';
import { settleAbandoned } from '../batch/settle-abandoned.ts';
import { type BatchLimits, type BatchRoom, emptyBatch } from '../batch/split-requests.ts';
import { openUnanswered } from '../batch/unanswered.ts';
import type { PriceOf } from '../cost/cost-of.ts';
import { IncompleteRunError } from '../errors/errors.ts';
import { systemTiming, type Timing } from '../model/anthropic/timing.ts';
import type { Answer } from '../schema/run-record.ts';
import type { BatchLog, LoggedBatch } from '../store/batch-log.ts';
import type { AnswerKey, Store } from '../store/store.ts';
import type { Task } from '../task/task.ts';
import type { StudyQuestion } from './ask-conversation.ts';

/**
 * A corpus's batches end at 64 MB of the API's 256: a body is held three to six times while it is sent, as JSON text,
 * as bytes and in the connection. With a system text of 14 kB those are some 3,600 requests.
 */
export const STUDY_BATCH_LIMITS: BatchLimits = { requests: 100_000, bytes: 64_000_000 };
/** Batches at the API at once; none of their text is held here. */
export const IN_FLIGHT = 16;
/** A batch of at least so many requests that all failed has a fault that all have. */
const SURELY_WRONG = 100;

export interface BatchDeskOptions {
  client: Anthropic;
  /** The API's name for it, such as `claude-haiku-5-5`. */
  model: string;
  /** What a request of a batch costs; null where the model's price is unknown. */
  price: PriceOf | null;
  store: Store;
  keyOf: (question: Pick<StudyQuestion, 'requestHash'>) => AnswerKey;
  log: BatchLog;
  signal: AbortSignal;
  timing?: Timing;
  /** How long to go on while the API does not answer. */
  patienceSeconds?: number;
  limits?: BatchLimits;
  /** Batches at the API at once. */
  inFlight?: number;
  /** Told of every answer that is new in the store. */
  onAnswer: (answer: Answer) => void;
  /** Requests at the API, after every look at it. */
  onProgress: (atTheApi: number) => void;
  /** A sentence without a full stop. */
  onNotice: (text: string) => void;
}

/** Takes questions one by one, and sends them in batches that are full. */
export interface BatchDesk {
  /** As recorded, or `failed` where asking has been of no use; null where there is no answer yet. */
  answerOf(question: StudyQuestion): Answer | null;
  /** Has a question sent as soon as a batch is full; waits while as many batches as allowed are at the API. */
  ask(question: StudyQuestion): Promise<void>;
  /** Sends what is left, and waits until the API has no batch of this model from here any more. */
  finish(): Promise<void>;
  /** Batches at the API. */
  underWay(): LoggedBatch[];
}

interface Filling {
  task: Task;
  room: BatchRoom;
  /** By custom id. */
  questions: Map<string, BatchQuestion>;
}

/**
 * The text of a question is held until its batch is sent and no longer: what comes back without an answer has to be
 * asked again. What was sent is in the log, so that whoever comes after a crash sends nothing twice.
 *
 * `ask` and `finish` throw IncompleteRunError where the API cannot be asked, questions were canceled or all questions
 * of a batch failed, and the signal's reason when it is aborted.
 */
export function openBatchDesk(options: BatchDeskOptions): BatchDesk {
  const { model, store, keyOf, log, signal, timing = systemTiming, patienceSeconds = 600 } = options;
  const { limits = STUDY_BATCH_LIMITS, inFlight = IN_FLIGHT, onAnswer, onProgress, onNotice } = options;
  const api: BatchApi = openBatchApi({ ...options, timing, patienceSeconds });
  const noting: Store = {
    ...store,
    put: (key, answer) => {
      const isNew = store.get(key) === null;
      store.put(key, answer);
      if (isNew) onAnswer(answer);
    },
  };
  const collecting = { api, log, store: noting, price: options.price, onNotice };
  const fillings = new Map<string, Filling>();
  const failures = new Map<string, Answer>();
  const unanswered = openUnanswered();
  const isOurs = (batch: LoggedBatch) => batch.model === model && batch.origin === api.origin;
  const underWay = () => log.list().filter((batch) => batch.state !== 'closed' && isOurs(batch));

  const takeNote = (batch: LoggedBatch, others: ReadonlyMap<string, Outcome>) => {
    const outcomes = [...others.values()];
    const canceled = outcomes.filter(({ kind }) => kind === 'canceled').length;
    const refused = outcomes.flatMap((outcome) => (outcome.kind === 'failed' ? [outcome.reason] : []));
    for (const [id, outcome] of others) {
      const failed = unanswered.settle(id, outcome);
      if (failed !== null) failures.set(id, failed);
    }
    if (canceled > 0) throw canceledError(canceled);
    if (batch.requests >= SURELY_WRONG && refused.length === batch.requests)
      throw new IncompleteRunError(
        `None of the ${batch.requests} requests of a batch was answered: ${refused[0]}`,
        'Correct what the API names; the same command asks again. Such requests cost nothing.',
      );
  };

  /** Looks at the batches at the API; whether any has ended. */
  const collect = async (): Promise<boolean> => {
    let isNews = (await settleAbandoned(isOurs, { api, log, timing, signal })) > 0;
    for (const batch of underWay()) {
      if (batch.id === null) continue;
      const collected = await collectBatch(batch, batch.id, collecting);
      isNews ||= collected.state !== 'running';
      if (collected.state === 'closed') takeNote(batch, collected.others);
    }
    return isNews;
  };

  /** Waits until at most so many batches are at the API. */
  const waitFor = async (most: number) => {
    let wait = FIRST_POLL_MS;
    for (;;) {
      signal.throwIfAborted();
      const left = underWay();
      onProgress(left.reduce((sum, { requests }) => sum + requests, 0));
      if (left.length <= most) return;
      const isNews = await collect();
      if (!isNews) await timing.sleep(wait, signal).catch(() => {});
      wait = isNews ? FIRST_POLL_MS : nextPollMs(wait);
    }
  };

  const send = async ({ task, questions }: Filling) => {
    fillings.delete(task.name);
    await waitFor(inFlight - 1);
    const outgoing = [...questions].map(([id, question]) => {
      const { request, repeat } = keyOf(question.case);
      return { logged: { customId: id, request, repeat }, request: () => batchRequest(question, model) };
    });
    const [first] = questions.values();
    if (first === undefined) return;
    const about = { model, storedAs: keyOf(first.case).model, suite: task.name, task };
    await sendBatches(outgoing, about, { api, log, timing, signal, limits });
  };

  return {
    underWay,
    answerOf: (question) =>
      store.get(keyOf(question)) ?? failures.get(customId(question.requestHash, 0)) ?? null,
    ask: async ({ request, requestHash, task }) => {
      const id = customId(requestHash, 0);
      if (fillings.get(task.name)?.questions.has(id) || log.isUnderWay(id, { model, origin: api.origin }))
        return;
      const question: BatchQuestion = { case: { request, requestHash }, repeat: 0 };
      const bytes = requestBytes(batchRequest(question, model));
      let filling = fillings.get(task.name);
      if (filling === undefined || !filling.room.take(bytes)) {
        if (filling !== undefined) await send(filling);
        filling = { task, room: emptyBatch(limits), questions: new Map() };
        filling.room.take(bytes);
        fillings.set(task.name, filling);
      }
      filling.questions.set(id, question);
    },
    finish: async () => {
      for (const filling of [...fillings.values()]) await send(filling);
      await waitFor(0);
    },
  };
}
