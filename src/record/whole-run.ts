import type { RunRecord } from '../schema/run-record.ts';

/** Whether a run asked every case of its suite: only then can it become a baseline or stand for the suite. */
export function isWholeRun({ selection, planned }: Pick<RunRecord, 'selection' | 'planned'>): boolean {
  return selection === null && planned === undefined;
}

/** `stopped after 183 of 418 cases, decided by a sequential test`; null for a run that asked all that it was to. */
export function describeStop({
  cases,
  planned,
  sequential,
}: Pick<RunRecord, 'cases' | 'planned' | 'sequential'>): string | null {
  if (planned === undefined) return null;
  const decided = sequential === undefined ? '' : ', decided by a sequential test';
  return `stopped after ${cases.length.toLocaleString('en')} of ${planned.toLocaleString('en')} cases${decided}`;
}

/** What a reader of a stopped run's metrics has to know: their intervals are those of a run that was not stopped. */
export const STOPPED_INTERVALS =
  'ranges beside metrics take no account of the stop; those of rules that compare with the baseline do';
