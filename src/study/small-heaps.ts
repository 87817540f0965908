import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Room for short-lived objects that a thread begins with, in MB: what it would have grown to. */
const YOUNG_MB = 16;
/** By how much a heap may outgrow what was alive in it when it was last swept. */
const GROWING_PERCENT = 100;

/**
 * Keeps the heaps of this process small, at the cost of some more sweeping: V8 by itself would let each grow to
 * several times of what is alive in it. To be called before the threads begin that are to be kept small.
 *
 * @returns options for those threads
 */
export function keepHeapsSmall(): { resourceLimits: { maxYoungGenerationSizeMb: number } } {
  setFlagsFromString(`--min-semi-space-size=${YOUNG_MB}`);
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString(`--heap-growing-percent=${GROWING_PERCENT}`);
  // How far a heap may grow is settled anew whenever it is swept, and what a command loads at its start is garbage.
  setFlagsFromString('--expose-gc');
  const sweep: unknown = runInNewContext('gc');
  if (typeof sweep === 'function') sweep();
  return { resourceLimits: { maxYoungGenerationSizeMb: 3 * YOUNG_MB } };
}
