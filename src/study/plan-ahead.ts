import { on } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { IncompleteRunError, InputError } from '../errors/errors.ts';
import type { StudiedConversation } from './ask-conversation.ts';
import type { AheadPlan, FromAhead, ToAhead } from './plan-ahead-messages.ts';
import type { PlannedConversation } from './plan-conversation.ts';
import { keepHeapsSmall } from './small-heaps.ts';
import type { LookedUpBatch } from './walk-corpus.ts';

/** What is known of conversations by their first questions: null for one that has to be asked more. */
export type LookUp = (planned: readonly PlannedConversation[]) => (StudiedConversation | null)[];

/**
 * Reads a corpus and makes its first questions in a thread of its own, some batches ahead, so that one core reads and
 * plans while the other looks up, asks and writes. Only conversations that have to be asked more cross over whole. The
 * batches come in the corpus's order.
 *
 * @throws what reading the corpus throws
 */
export async function* planAhead(plan: AheadPlan, lookUp: LookUp): AsyncGenerator<LookedUpBatch> {
  const worker = new Worker(new URL(`./plan-ahead-worker${path.extname(import.meta.url)}`, import.meta.url), {
    workerData: plan,
    ...keepHeapsSmall(),
  });
  const messages: AsyncIterable<FromAhead[]> = { [Symbol.asyncIterator]: () => on(worker, 'message') };
  const waiting: (Omit<LookedUpBatch, 'open'> & { open: LookedUpBatch['open'] | null })[] = [];
  try {
    for await (const [message] of messages) {
      if (message === undefined) continue;
      if (message.kind === 'input') throw new InputError(message.problems);
      if (message.kind === 'incomplete') throw new IncompleteRunError(message.what, message.mend);
      if (message.kind === 'batch') {
        const studied = lookUp(message.planned);
        const want: ToAhead = {
          wanted: studied.flatMap((each, index) => (each === null ? [index] : [])),
        };
        worker.postMessage(want);
        waiting.push({ studied, bad: message.bad, open: want.wanted.length === 0 ? [] : null });
      }
      if (message.kind === 'conversations') {
        const next = waiting.find(({ open }) => open === null);
        if (next !== undefined) next.open = message.conversations;
      }
      for (let [first] = waiting; first !== undefined; [first] = waiting) {
        const { studied, bad, open } = first;
        if (open === null) break;
        waiting.shift();
        yield { studied, bad, open };
      }
      if (message.kind === 'end') return;
    }
  } finally {
    await worker.terminate();
  }
}
