import type { Timing } from '../model/anthropic/timing.ts';
import type { BatchLog, LoggedBatch } from '../store/batch-log.ts';
import { type BatchApi, type BatchView, CREATE_MS } from './batch-api.ts';
import { isByModel, isResultLine } from './batch-result.ts';

/** How far this machine's clock and the API's may be apart. */
const CLOCK_SKEW_MS = 3_600_000;
/** A batch that is not listed so long after the call was not created. */
const LISTED_WITHIN_MS = 30_000;

/**
 * The API's batch that came of a create call whose answer was lost; null where there is none. It is told
 * from others by its number of requests and its time and, once it has ended, by its results' custom ids.
 * One that still runs is only `presumed`: a batch more to wait for costs nothing, one sent twice does.
 */
export async function findCreated(
  batch: LoggedBatch,
  api: BatchApi,
  log: BatchLog,
  timing: Timing,
  signal: AbortSignal,
): Promise<{ view: BatchView; state: 'open' | 'presumed' } | null> {
  const notIds = new Set(batch.notIds);
  const distance = (view: BatchView) => Math.abs(Date.parse(view.created_at) - batch.touchedAt);
  const look = async (): Promise<{ view: BatchView; state: 'open' | 'presumed' } | null> => {
    const known = new Set(log.list().map(({ id }) => id));
    const candidates = (await api.list(batch.touchedAt - CLOCK_SKEW_MS))
      .filter(({ id }) => !known.has(id) && !notIds.has(id))
      .filter((view) => distance(view) <= CREATE_MS + CLOCK_SKEW_MS && sizeOf(view) === batch.requests)
      .sort((a, b) => distance(a) - distance(b));
    for (const view of candidates.filter(hasResults)) {
      if (await holdsResultsOf(view.id, batch, api, log)) return { view, state: 'open' };
      notIds.add(view.id);
      log.refuted(batch.number, view.id);
    }
    const running = candidates.find(({ processing_status }) => processing_status !== 'ended');
    return running === undefined ? null : { view: running, state: 'presumed' };
  };
  const found = await look();
  const wait = batch.touchedAt + LISTED_WITHIN_MS - timing.wallClock();
  if (found !== null || wait <= 0) return found;
  await timing.sleep(Math.min(wait, LISTED_WITHIN_MS), signal).catch(() => {});
  signal.throwIfAborted();
  return look();
}

/** Whether the first of a batch's results is one of the logged batch, by its custom id and its model. */
export async function holdsResultsOf(
  id: string,
  batch: LoggedBatch,
  api: BatchApi,
  log: BatchLog,
): Promise<boolean> {
  const ids = new Set(log.requestsOf(batch.number).map(({ customId }) => customId));
  return api.results(id, async (results) => {
    for await (const line of results)
      return isResultLine(line) && ids.has(line.custom_id) && isByModel(line, batch.model);
    return false;
  });
}

function sizeOf({ request_counts: counts }: BatchView): number {
  return counts.processing + counts.succeeded + counts.errored + counts.canceled + counts.expired;
}

function hasResults(view: BatchView): boolean {
  return view.processing_status === 'ended' && view.results_url !== null;
}
