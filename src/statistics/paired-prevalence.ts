import type { Range } from './range.ts';
import { tangoInterval } from './tango.ts';

/** The same conversations under two prompts, by which of the two gave the label. Counts. */
export interface PairedCounts {
  both: number;
  baselineOnly: number;
  candidateOnly: number;
  neither: number;
}

/** Shares of all conversations. */
export interface PairedPrevalence {
  baseline: number;
  candidate: number;
  /** Candidate minus baseline. */
  difference: number;
  /** Of the difference, within [-1, 1]. */
  interval: Range;
}

/**
 * How often a label is given under two prompts on the same conversations, and Tango's score interval of the
 * difference. It holds where few conversations of many moved.
 *
 * The difference is of what the prompts say. The truth about the conversations is the same for both, so
 * it is the difference of the prompts' errors, and no change in the world.
 *
 * Source: see `tangoInterval`.
 *
 * @returns null without conversations
 *
 * @example
 * pairedPrevalence({ both: 480, baselineOnly: 138, candidateOnly: 59, neither: 130_807 });
 * // 0.47% and 0.41%: difference -0.0006…, interval { low: -0.00081…, high: -0.00039… }
 */
export function pairedPrevalence(counts: PairedCounts, confidence = 0.95): PairedPrevalence | null {
  const { both, baselineOnly, candidateOnly, neither } = counts;
  const n = both + baselineOnly + candidateOnly + neither;
  const interval = tangoInterval(counts, n, confidence);
  if (interval === null) return null;
  return {
    baseline: (both + baselineOnly) / n,
    candidate: (both + candidateOnly) / n,
    difference: (candidateOnly - baselineOnly) / n,
    interval,
  };
}
