import type { RunRecord } from '../schema/run-record.ts';
import { selfAgreement } from '../score/self-agreement.ts';

/** Share of answers taken to come out otherwise where no run tells. */
export const ASSUMED_NOISE = 0.05;

/** How often a case is answered otherwise than it usually is, by chance alone. */
export interface Noise {
  /** 0 … 1, in each of the two runs that are compared. */
  rate: number;
  /** `measured` from repeats, `given` by the user, or `assumed` for want of both. */
  basis: 'measured' | 'given' | 'assumed';
}

/**
 * The rate at which a model departs from its usual answer in the headline's field, from how often two
 * of its answers to the same question agree: both are the usual one with probability (1 - rate)². That two
 * departures may agree with each other is left out, which makes the rate a little too small.
 *
 * @returns null where no case was asked more than once
 *
 * @example
 * // Two answers to a case agree 81% of the time.
 * measuredNoise(run); // 0.1
 */
export function measuredNoise(run: Pick<RunRecord, 'suite' | 'cases'>): number | null {
  const [field] = run.suite.headline.split('.');
  const found = selfAgreement(run).find((each) => each.field === field);
  return found === undefined ? null : 1 - Math.sqrt(found.agreement);
}
