import { IncompleteRunError } from '../../errors/errors.ts';
import {
  afterAnswer,
  afterRefusal,
  afterStart,
  afterWithdrawal,
  newPace,
  type Pace,
  type RefusalCause,
} from './pace.ts';
import type { Timing } from './timing.ts';
import { waitingLine } from './waiting-line.ts';

/** What one attempt came to. */
export type Attempt<T> =
  /** `exhaustedForMs`: how long the account has no further request. */
  | { kind: 'done'; value: T; exhaustedForMs: number }
  /** `waitMs`: how long the API asks to wait; null where it does not say. */
  | { kind: 'again'; cause: RefusalCause; what: string; waitMs: number | null };

type Sent<T> = { kind: 'done'; value: T } | { kind: 'gave-up'; what: string };

export interface PacedSender {
  /**
   * Attempts until one is done. What an attempt throws ends this request; an IncompleteRunError ends all.
   *
   * @param group whose first request goes alone; null where none needs to
   * @returns `gave-up` where this request alone was not answered within the patience, others being answered
   * @throws IncompleteRunError where nothing was answered for as long; the signal's reason at once when aborted
   */
  send<T>(group: string | null, attempt: () => Promise<Attempt<T>>, signal: AbortSignal): Promise<Sent<T>>;
}

export interface PacedSenderOptions {
  /** Requests under way at most. */
  concurrency: number;
  patienceSeconds: number;
  onNotice: (text: string) => void;
  timing: Timing;
}

/** Sends requests as fast as the API takes them. The pace is one for all that is sent. */
export function pacedSender({
  concurrency,
  patienceSeconds,
  onNotice,
  timing,
}: PacedSenderOptions): PacedSender {
  const { clock, sleep, random } = timing;
  const patience = patienceSeconds * 1000;
  let pace = newPace(concurrency, clock());
  let broken: IncompleteRunError | null = null;
  const halt = new AbortController();
  const line = waitingLine(
    {
      current: () => pace,
      started: () => {
        pace = afterStart(pace, clock());
      },
    },
    timing,
  );
  const breakOff = (error: IncompleteRunError): IncompleteRunError => {
    broken ??= error;
    line.close(broken);
    halt.abort();
    return broken;
  };

  /** One attempt that has its turn; the pace learns from how it ends. */
  const tryOnce = async <T>(attempt: () => Promise<Attempt<T>>): Promise<Attempt<T>> => {
    const startedAt = clock();
    try {
      const result = await attempt();
      const now = clock();
      const before = pace;
      pace =
        result.kind === 'done'
          ? afterAnswer(pace, { ...result, startedAt, now })
          : afterRefusal(pace, { ...result, startedAt, now, random: random() });
      if (result.kind === 'again') notice(before, result);
      return result;
    } catch (error) {
      pace = afterWithdrawal(pace);
      throw error instanceof IncompleteRunError ? breakOff(error) : error;
    } finally {
      line.advance();
    }
  };
  const notice = (before: Pace, { cause, what }: { cause: RefusalCause; what: string }) => {
    if (before.rate === null && pace.rate !== null)
      onNotice(`${what}: sending more slowly, to find the account's limit`);
    else if (cause !== 'rate' && before.streak === 2)
      onNotice(`${what}: asking again, for ${patienceSeconds} s at most`);
  };

  return {
    send: async <T>(
      group: string | null,
      attempt: () => Promise<Attempt<T>>,
      signal: AbortSignal,
    ): Promise<Sent<T>> => {
      let failingSince: number | null = null;
      let isFirst = false;
      let answered = false;
      try {
        for (let attempts = 1; ; attempts += 1) {
          if (broken !== null) throw broken;
          isFirst = await line.enter(group, isFirst, signal);
          const result = await tryOnce(attempt);
          if (result.kind === 'done') {
            answered = true;
            return { kind: 'done', value: result.value };
          }
          const now = clock();
          failingSince ??= now;
          const left = failingSince + patience - now;
          if (left <= 0 && pace.lastCleanAt > failingSince) return { kind: 'gave-up', what: result.what };
          if (left <= 0 || (result.waitMs ?? 0) > left)
            throw breakOff(stormError(result.what, patienceSeconds, result.waitMs));
          const backoff = Math.min(500 * 2 ** Math.min(attempts - 1, 10), 20_000) * (0.5 + random() / 2);
          const wait = Math.min(Math.max(backoff, result.waitMs ?? 0), left);
          await sleep(wait, AbortSignal.any([signal, halt.signal])).catch(() => {});
          signal.throwIfAborted();
        }
      } finally {
        if (isFirst && group !== null) line.firstEnded(group, answered);
      }
    },
  };
}

function stormError(what: string, patienceSeconds: number, waitMs: number | null): IncompleteRunError {
  const wait = waitMs === null ? '' : `, which asks to wait ${Math.ceil(waitMs / 1000)} s`;
  return new IncompleteRunError(
    `${what}${wait}; nothing was answered within ${patienceSeconds} s`,
    'Every answer so far is kept: run the same command again later, and only the rest is asked.',
  );
}
