import { on } from 'node:events';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { IncompleteRunError, InputError } from '../errors/errors.ts';
import type { LookedUpBatch } from './look-up.ts';
import type { FromLookUp, LookUpPlan, ToLookUp } from './look-up-messages.ts';

/** What the thread sets aside for short-lived objects, in MB: more is hardly faster, and all of it stays taken. */
const YOUNG_GENERATION_MB = 24;

/**
 * Reads a corpus and looks up what is on record in a thread of its own, some batches ahead, so that one core reads
 * while the other asks and writes. The batches come in the corpus's order.
 *
 * @throws what reading the corpus throws
 */
export async function* lookUpAhead(plan: LookUpPlan): AsyncGenerator<LookedUpBatch> {
  const worker = new Worker(new URL(`./look-up-worker${path.extname(import.meta.url)}`, import.meta.url), {
    workerData: plan,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const messages: AsyncIterable<FromLookUp[]> = { [Symbol.asyncIterator]: () => on(worker, 'message') };
  const taken: ToLookUp = 'taken';
  try {
    for await (const [message] of messages) {
      if (message === undefined) continue;
      if (message.kind === 'end') return;
      if (message.kind === 'input') throw new InputError(message.problems);
      if (message.kind === 'incomplete') throw new IncompleteRunError(message.what, message.mend);
      worker.postMessage(taken);
      // By now both heaps have the room for short-lived objects that they need; from here it grows no more.
      setFlagsFromString('--semi-space-growth-factor=1');
      yield message.batch;
    }
  } finally {
    await worker.terminate();
  }
}
