import type { PriceOf } from '../cost/cost-of.ts';
import { IncompleteRunError } from '../errors/errors.ts';
import type { BatchCounts, BatchLog, LoggedBatch, LoggedRequest } from '../store/batch-log.ts';
import type { Store } from '../store/store.ts';
import { type BatchApi, UnreadableResponseError } from './batch-api.ts';
import { isResultLine, type Outcome, readResult } from './batch-result.ts';
import { holdsResultsOf } from './find-created.ts';

export interface CollectContext {
  api: BatchApi;
  log: BatchLog;
  store: Store;
  /** What a request of a batch costs; null where the model's price is unknown. */
  price: PriceOf | null;
  onNotice: (text: string) => void;
}

export type Collected =
  | { state: 'running' }
  /** What was presumed to be the batch is another. */
  | { state: 'refuted' }
  /** Every answer is in the store. `others`: what became of the rest, by custom id. */
  | { state: 'closed'; counts: BatchCounts | null; others: ReadonlyMap<string, Exclude<Outcome, Answered>> };

type Answered = { kind: 'answered' };

/**
 * Looks at a batch whose id is known and, once it has ended, takes its results into the store, each as it
 * is read, and closes it in the log. Whatever breaks off in between is done again: answers that are stored
 * already stay as they are.
 *
 * @throws IncompleteRunError where the API does not know the batch or cannot be asked
 */
export async function collectBatch(
  batch: LoggedBatch,
  id: string,
  context: CollectContext,
): Promise<Collected> {
  const { api, log, onNotice } = context;
  const view = await api.retrieve(id);
  if (view === null) {
    throw new IncompleteRunError(
      `batch ${id} is unknown to the API under this key`,
      `Use the key it was made with, or forget it: touchstone batch cancel ${id}`,
    );
  }
  if (view.processing_status !== 'ended') return { state: 'running' };
  if (view.results_url === null) {
    onNotice(`batch ${id} ended, and its results are no longer kept`);
    log.close(batch.number, null);
    return { state: 'closed', counts: null, others: new Map() };
  }
  if (batch.state === 'presumed' && !(await holdsResultsOf(id, batch, api, log))) {
    log.refuted(batch.number, id);
    return { state: 'refuted' };
  }
  const requests = new Map(log.requestsOf(batch.number).map((request) => [request.customId, request]));
  const others = await api.results(id, (results) => takeResults(results, requests, batch, context));
  const { processing: _, ...counts } = view.request_counts;
  log.close(batch.number, counts);
  return { state: 'closed', counts, others };
}

async function takeResults(
  results: AsyncIterable<unknown>,
  requests: ReadonlyMap<string, LoggedRequest>,
  { storedAs, task }: LoggedBatch,
  { store, price }: CollectContext,
): Promise<Map<string, Exclude<Outcome, Answered>>> {
  const seen = new Set<string>();
  const others = new Map<string, Exclude<Outcome, Answered>>();
  for await (const line of results) {
    if (!isResultLine(line)) throw new UnreadableResponseError('the API gave what is no result');
    const asked = requests.get(line.custom_id);
    if (asked === undefined) continue;
    seen.add(line.custom_id);
    const outcome = readResult(line, task, price);
    if (outcome.kind !== 'answered') others.set(line.custom_id, outcome);
    else store.put({ request: asked.request, model: storedAs, repeat: asked.repeat }, outcome.answer);
  }
  if (seen.size < requests.size) throw new UnreadableResponseError('the results of a batch broke off');
  return others;
}
