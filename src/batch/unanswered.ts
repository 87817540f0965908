import { NO_USAGE } from '../model/model.ts';
import type { Answer } from '../schema/run-record.ts';
import type { Outcome } from './batch-result.ts';

/** How often a question is sent that the API errs on or lets expire. */
const MOST_TIMES = 3;

/** Hears what became of requests without an answer, over all batches of a run. */
export interface Unanswered {
  /** The answer `failed`, once asking again is of no use; null while it is. */
  settle(customId: string, outcome: Outcome): Answer | null;
}

export function openUnanswered(): Unanswered {
  const timesSent = new Map<string, number>();
  return {
    settle: (id, outcome) => {
      if (outcome.kind === 'failed') return failed(outcome.reason);
      if (outcome.kind !== 'again') return null;
      const times = (timesSent.get(id) ?? 0) + 1;
      timesSent.set(id, times);
      return times < MOST_TIMES ? null : failed(`${outcome.reason}, ${times} times`);
    },
  };
}

function failed(reason: string): Answer {
  return { status: 'failed', reason, raw: '', usage: NO_USAGE, latency_ms: 0 };
}
