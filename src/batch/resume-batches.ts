import type { PriceOf } from '../cost/cost-of.ts';
import type { Timing } from '../model/anthropic/timing.ts';
import type { BatchLog, LoggedBatch } from '../store/batch-log.ts';
import type { Store } from '../store/store.ts';
import type { BatchApi } from './batch-api.ts';
import { collectBatch } from './collect-batch.ts';
import { FIRST_POLL_MS, nextPollMs } from './poll-interval.ts';
import { settleAbandoned } from './settle-abandoned.ts';

export interface ResumeContext {
  api: BatchApi;
  log: BatchLog;
  store: Store;
  /** What a request of a batch costs with a model; null where its price is unknown. */
  priceOf: (model: string) => PriceOf | null;
  timing: Timing;
  signal: AbortSignal;
  onNotice: (text: string) => void;
  /** Told after every look at the API. */
  onProgress: (underWay: readonly LoggedBatch[]) => void;
}

export interface Resumed {
  /** Batches whose results are in the store. */
  closed: number;
  /** Requests among them that have no answer: errored, expired, canceled, or no longer kept. */
  unanswered: number;
  /** Batches that the API never had. */
  gone: number;
}

/** Waits for batches under way and takes their answers into the store. Nothing is sent. */
export async function resumeBatches(
  concerns: (batch: LoggedBatch) => boolean,
  context: ResumeContext,
): Promise<Resumed> {
  const { log, timing, signal, onProgress } = context;
  const isUnderWay = (batch: LoggedBatch) => batch.state !== 'closed' && concerns(batch);
  const resumed: Resumed = { closed: 0, unanswered: 0, gone: 0 };
  let wait = FIRST_POLL_MS;
  for (;;) {
    resumed.gone += await settleAbandoned(isUnderWay, context);
    const before = log.list().filter(isUnderWay);
    for (const batch of before) {
      if (batch.id === null) continue;
      const collected = await collectBatch(batch, batch.id, {
        ...context,
        price: context.priceOf(batch.model),
      });
      if (collected.state !== 'closed') continue;
      resumed.closed += 1;
      resumed.unanswered += collected.counts === null ? batch.requests : collected.others.size;
    }
    const underWay = log.list().filter(isUnderWay);
    onProgress(underWay);
    if (underWay.length === 0) return resumed;
    const isNews = underWay.length < before.length;
    wait = isNews ? FIRST_POLL_MS : nextPollMs(wait);
    await timing.sleep(wait, signal).catch(() => {});
    signal.throwIfAborted();
  }
}
