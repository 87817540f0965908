/** Milliseconds before a batch is looked at for the second time. */
export const FIRST_POLL_MS = 2000;
const LONGEST_POLL_MS = 60_000;

/** Longer each time, up to a minute: most batches take minutes to an hour. */
export function nextPollMs(milliseconds: number): number {
  return Math.min(LONGEST_POLL_MS, milliseconds * 1.5);
}
