import { performance } from 'node:perf_hooks';

/** Share of the time that work which is done over and over may take. */
const SHARE = 0.2;

/**
 * Makes a function that does its work only when enough time has passed since it last did: `every` milliseconds, and
 * so much that the work takes a fifth of the time.
 */
export function occasionally(every: number, work: () => void): () => void {
  let next = performance.now() + every;
  return () => {
    const started = performance.now();
    if (started < next) return;
    work();
    const ended = performance.now();
    next = ended + Math.max(every, (ended - started) / SHARE);
  };
}
