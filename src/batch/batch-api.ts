import Anthropic from '@anthropic-ai/sdk';
import Type from 'typebox';
import { IncompleteRunError } from '../errors/errors.ts';
import { type Failure, readFailure, unreadableAnswer } from '../model/anthropic/api-failure.ts';
import { withDeadline } from '../model/anthropic/deadline.ts';
import type { Timing } from '../model/anthropic/timing.ts';
import { fits } from '../schema/check.ts';
import type { BatchRequest } from './batch-request.ts';

const Count = Type.Integer({ minimum: 0 });
const MaybeText = Type.Union([Type.String(), Type.Null()]);

const BatchView = Type.Object({
  id: Type.String({ pattern: '^[A-Za-z0-9_-]{1,128}$' }),
  processing_status: Type.String(),
  created_at: Type.String(),
  results_url: MaybeText,
  request_counts: Type.Object({
    processing: Count,
    succeeded: Count,
    errored: Count,
    canceled: Count,
    expired: Count,
  }),
});

/** The parts of the API's batch that are read. */
export type BatchView = Type.Static<typeof BatchView>;

export interface BatchApiOptions {
  client: Anthropic;
  /** For messages. */
  model: string;
  signal: AbortSignal;
  timing: Timing;
  /** How long to go on while nothing is answered. */
  patienceSeconds: number;
  onNotice: (text: string) => void;
}

/** The API's batch calls. All but `create` ask again while the API is limited, overloaded or out of reach. */
export interface BatchApi {
  /** Where it is. */
  origin: string;
  /** One attempt; throws whatever goes wrong, for `persist` to see. */
  create(requests: readonly BatchRequest[]): Promise<BatchView>;
  /** Null where the API has no batch of this id, or not for this key. */
  retrieve(id: string): Promise<BatchView | null>;
  /** Batches created since, newest first. */
  list(since: number): Promise<BatchView[]>;
  /** Reads the results of a batch that has ended; `read` starts afresh whenever they break off. */
  results<T>(id: string, read: (results: AsyncIterable<unknown>) => Promise<T>): Promise<T>;
  /** Asks for an end; null as for `retrieve`. A batch that has ended already stays as it is. */
  cancel(id: string): Promise<BatchView | null>;
  /**
   * Runs the work until it succeeds.
   *
   * @param work told what went wrong the last time
   * @throws IncompleteRunError where it cannot succeed or the patience is at an end
   */
  persist<T>(work: (previous: Failure | null) => Promise<T>): Promise<T>;
}

/** What came is not what the API gives; asking again may help. */
export class UnreadableResponseError extends Error {}

const CALL_MS = 120_000;
/** Uploads take their time: 240 MB in half an hour is 1 Mbit/s. */
export const CREATE_MS = 1_800_000;
const LONGEST_PAUSE_MS = 20_000;

export function openBatchApi(options: BatchApiOptions): BatchApi {
  const { client, model, signal, timing, patienceSeconds, onNotice } = options;
  const { batches } = client.messages;

  const failureOf = (error: unknown): Failure => {
    if (error instanceof UnreadableResponseError) return unreadableAnswer(error.message);
    if (error instanceof SyntaxError) return unreadableAnswer('the API gave what is no JSON');
    const context = { model, apiKey: client.apiKey ?? '', baseURL: client.baseURL };
    return readFailure(error, { ...context, now: timing.wallClock() });
  };

  const persist: BatchApi['persist'] = async (work) => {
    const since = timing.clock();
    let previous: Failure | null = null;
    for (let attempt = 0; ; attempt += 1) {
      try {
        signal.throwIfAborted();
        return await work(previous);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof IncompleteRunError) throw error;
        previous = failureOf(error);
      }
      if (previous.kind === 'fatal') throw new IncompleteRunError(previous.what, previous.mend);
      if (previous.kind === 'rejected')
        throw new IncompleteRunError(`The batch cannot go on: ${previous.reason}`, RESUME);
      const left = since + patienceSeconds * 1000 - timing.clock();
      const backoff = Math.min(LONGEST_PAUSE_MS, 500 * 2 ** Math.min(attempt, 10));
      const pause = Math.max(backoff * (0.5 + timing.random() / 2), previous.waitMs ?? 0);
      if (pause > left) {
        const what = `${previous.what}; nothing was answered within ${patienceSeconds} s`;
        throw new IncompleteRunError(what, RESUME);
      }
      if (attempt === 1) onNotice(`${previous.what}: asking again, for ${patienceSeconds} s at most`);
      await timing.sleep(pause, signal).catch(() => {});
    }
  };

  const view = (value: unknown): BatchView => {
    if (!fits(BatchView, value)) throw new UnreadableResponseError('the API gave what is no batch');
    return value;
  };
  const call = <T>(work: (abort: AbortSignal) => Promise<T>) => withDeadline(signal, CALL_MS, work);
  const orNull = async (work: () => Promise<BatchView>): Promise<BatchView | null> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Anthropic.NotFoundError) return null;
      throw error;
    }
  };
  const retrieve = (id: string) =>
    persist(() =>
      orNull(async () => view(await call((abort) => batches.retrieve(id, {}, { signal: abort })))),
    );

  return {
    origin: client.baseURL,
    persist,
    retrieve,
    create: async (requests) => {
      const body = { requests: [...requests] };
      const send = (abort: AbortSignal) => batches.create(body, { signal: abort, timeout: CREATE_MS });
      return view(await withDeadline(signal, CREATE_MS, send));
    },
    list: (since) =>
      persist(async () => {
        const found: BatchView[] = [];
        for await (const each of batches.list({ limit: 100 }, { signal })) {
          const batch = view(each);
          if (Date.parse(batch.created_at) < since) break;
          found.push(batch);
        }
        return found;
      }),
    results: (id, read) => persist(async () => read(await batches.results(id, {}, { signal }))),
    cancel: (id) =>
      persist(() =>
        orNull(async () => {
          try {
            return view(await call((abort) => batches.cancel(id, {}, { signal: abort })));
          } catch (error) {
            if (!(error instanceof Anthropic.BadRequestError)) throw error;
            return view(await call((abort) => batches.retrieve(id, {}, { signal: abort })));
          }
        }),
      ),
  };
}

const RESUME =
  'Batches under way go on: the same command, or touchstone batch resume, takes their answers later.';
