import { setTimeout as delay } from 'node:timers/promises';

/** Time and chance, passed in so that a test can be its own clock. */
export interface Timing {
  /** Monotonic milliseconds. */
  clock: () => number;
  /** Milliseconds since 1970: what dates in headers are compared with. */
  wallClock: () => number;
  /** Resolves after so many milliseconds; rejects when the signal is aborted. */
  sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** In [0, 1). */
  random: () => number;
}

export const systemTiming: Timing = {
  clock: () => performance.now(),
  wallClock: () => Date.now(),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
  random: Math.random,
};
