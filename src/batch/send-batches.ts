import type { Timing } from '../model/anthropic/timing.ts';
import type { BatchLog, IntendedBatch, LoggedBatch, LoggedRequest } from '../store/batch-log.ts';
import type { BatchApi } from './batch-api.ts';
import { type BatchRequest, requestBytes } from './batch-request.ts';
import { findCreated } from './find-created.ts';
import { OWN_PROCESS } from './owner.ts';
import { type BatchLimits, splitRequests } from './split-requests.ts';

/** A request to send, and the key of its answer. */
export interface Outgoing {
  logged: LoggedRequest;
  request: () => BatchRequest;
}

export interface SendContext {
  api: BatchApi;
  log: BatchLog;
  timing: Timing;
  signal: AbortSignal;
  limits: BatchLimits;
}

/**
 * Sends requests as one batch or several, without those that a batch under way has. What is about to be sent
 * is in the log before the call is made and the id right after it, so that whoever comes after a crash in
 * between can find out whether the API has it.
 */
export async function sendBatches(
  outgoing: readonly Outgoing[],
  about: Omit<IntendedBatch, 'owner' | 'touchedAt' | 'origin'>,
  { api, log, timing, signal, limits }: SendContext,
): Promise<void> {
  const byId = new Map(outgoing.map((each) => [each.logged.customId, each]));
  const bytesOf = ({ request }: Outgoing) => requestBytes(request());
  const intend = (part: readonly Outgoing[]) => {
    const batch = { ...about, origin: api.origin, owner: OWN_PROCESS, touchedAt: timing.wallClock() };
    return (
      log.intend(
        batch,
        part.map(({ logged }) => logged),
      ) ?? []
    );
  };
  const batches = splitRequests(outgoing, bytesOf, limits).flatMap(intend);
  try {
    for (const batch of batches) {
      const requests = log.requestsOf(batch.number).flatMap(({ customId }) => {
        return byId.get(customId)?.request() ?? [];
      });
      await createBatch(batch, requests);
    }
  } finally {
    for (const { number } of batches) log.release(number);
  }

  async function createBatch(intended: LoggedBatch, requests: readonly BatchRequest[]): Promise<void> {
    let batch = intended;
    const created = await api.persist(async (previous) => {
      const mayExist = previous?.kind === 'again' && previous.cause === 'failure';
      const found = mayExist ? await findCreated(batch, api, log, timing, signal) : null;
      if (found !== null) return found;
      batch = { ...batch, touchedAt: timing.wallClock() };
      log.creating(batch.number, batch.touchedAt);
      return { view: await api.create(requests), state: 'open' as const };
    });
    log.identified(batch.number, created.view.id, created.state);
  }
}
