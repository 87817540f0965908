import type { Timing } from '../model/anthropic/timing.ts';
import type { BatchLog, LoggedBatch } from '../store/batch-log.ts';
import type { BatchApi } from './batch-api.ts';
import { findCreated } from './find-created.ts';
import { isAtWork } from './owner.ts';

/**
 * Finds out what became of batches whose process died before it knew their ids: each is `open` or
 * `presumed` afterwards, or gone from the log where the API has none, so that its questions are free again.
 *
 * @param concerns which batches of the log to look at
 * @returns how many are gone
 */
export async function settleAbandoned(
  concerns: (batch: LoggedBatch) => boolean,
  { api, log, timing, signal }: { api: BatchApi; log: BatchLog; timing: Timing; signal: AbortSignal },
): Promise<number> {
  let gone = 0;
  for (const batch of log.list().filter(concerns)) {
    if (batch.state !== 'intended' && batch.state !== 'creating') continue;
    if (isAtWork(batch.owner, batch.touchedAt, timing.wallClock())) continue;
    const found = batch.state === 'intended' ? null : await findCreated(batch, api, log, timing, signal);
    if (found !== null) log.identified(batch.number, found.view.id, found.state);
    else log.withdraw(batch.number);
    gone += found === null ? 1 : 0;
  }
  return gone;
}
