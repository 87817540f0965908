import type { ModelRequest } from '../model/model.ts';
import type { CaseRecord } from '../schema/run-record.ts';

/** One question: a golden, what is expected of it, and the exact request. */
export interface Case extends Omit<CaseRecord, 'answers' | 'request'> {
  request: ModelRequest;
  /** Hash of `request`. */
  requestHash: string;
}

/** `c0002`, or `c0002/opening`: a slash cannot occur in either part. */
export function caseId(conversation: string, window: string | null): string {
  return window === null ? conversation : `${conversation}/${window}`;
}
