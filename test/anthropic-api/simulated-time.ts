import type { Timing } from '../../src/model/anthropic/timing.ts';

/** A clock that stands still until everyone waits, and then jumps to the next who wakes. */
export interface SimulatedTime extends Timing {
  /** Runs until the work is done, however long that takes on this clock. */
  run<T>(work: Promise<T>): Promise<T>;
}

/** Simulated time for tests: the same seed gives the same jitter. */
export function simulatedTime(seed = 1): SimulatedTime {
  let now = 0;
  let state = seed;
  const alarms: { at: number; ring: () => void }[] = [];
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    clock: () => now,
    wallClock: () => Date.UTC(2026, 10, 22) + now,
    random: () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    },
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const alarm = {
          at: now + milliseconds,
          ring: () => {
            signal.removeEventListener('abort', cancel);
            resolve();
          },
        };
        const cancel = () => {
          alarms.splice(alarms.indexOf(alarm), 1);
          reject(signal.reason);
        };
        signal.addEventListener('abort', cancel, { once: true });
        alarms.push(alarm);
      }),
    run: async (work) => {
      let done = false;
      const finished = work.finally(() => {
        done = true;
      });
      finished.catch(() => {});
      for (await settle(); !done; await settle()) {
        alarms.sort((a, b) => a.at - b.at);
        const next = alarms.shift();
        if (next === undefined) throw new Error('everyone waits and nobody will wake');
        now = Math.max(now, next.at);
        next.ring();
      }
      return finished;
    },
  };
}
