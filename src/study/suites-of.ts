import type { Study } from '../schema/study.ts';

/** Names of the suites that a study asks, the selecting one first. */
export function suitesOf({ select, rates = [], shifts = [] }: Study): string[] {
  return [...new Set([select, ...rates, ...shifts].map(({ suite }) => suite))];
}
