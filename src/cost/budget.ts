import { IncompleteRunError, InputError } from '../errors/errors.ts';
import type { PriceOf } from './cost-of.ts';

/** Room in the budget that is held for one request. */
export interface Reservation {
  /** Ends the reservation: this many US dollars were spent, 0 where the request was not answered. */
  settle(actualUsd: number): void;
}

/** What a run may spend. A request is started only when even its worst case fits. */
export interface Budget {
  /**
   * Resolves when spent + reserved + worst case fits the budget; waits, first come first served, while
   * requests under way could still leave room. Rejects with IncompleteRunError when none could, and
   * with the signal's reason when that is aborted.
   */
  reserve(worstCaseUsd: number, signal: AbortSignal): Promise<Reservation>;
  /** US dollars settled so far. */
  spent(): number;
}

interface Waiting {
  worst: number;
  resolve: (reservation: Reservation) => void;
  reject: (reason: unknown) => void;
}

/** Sums are kept in whole billionths of a dollar, so that no rounding passes the limit. */
const NANO = 1e9;

/** @throws InputError where the model's price is unknown: no budget could be kept */
export function requirePrice(model: string, price: PriceOf | null): void {
  if (price !== null) return;
  const what = `the price of ${model} is unknown, so --max-usd cannot be kept`;
  const mend = 'Add the model to .touchstone/prices.yaml, or leave --max-usd out';
  throw new InputError([{ file: '--max-usd', line: null, id: null, what, mend }]);
}

/** The guard behind `--max-usd`, of one model or of several together. */
export function openBudget(maxUsd: number): Budget {
  const max = Math.floor(maxUsd * NANO);
  const line: Waiting[] = [];
  let spent = 0;
  let reserved = 0;
  let underWay = 0;

  const reservation = (worst: number): Reservation => {
    let settled = false;
    reserved += worst;
    underWay += 1;
    return {
      settle: (actualUsd) => {
        if (settled) return;
        settled = true;
        reserved -= worst;
        underWay -= 1;
        spent += Math.ceil(actualUsd * NANO);
        admit();
      },
    };
  };
  const admit = () => {
    for (let next = line[0]; next !== undefined; next = line[0]) {
      if (spent + reserved + next.worst <= max) next.resolve(reservation(next.worst));
      else if (underWay === 0) next.reject(exhausted(next.worst, max - spent, maxUsd));
      else return;
      line.shift();
    }
  };

  return {
    reserve: (worstCaseUsd, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const leave = () => {
          const place = line.indexOf(waiting);
          if (place >= 0) line.splice(place, 1);
          reject(signal.reason);
          admit();
        };
        const waiting: Waiting = {
          worst: Math.ceil(worstCaseUsd * NANO),
          resolve: (given) => {
            signal.removeEventListener('abort', leave);
            resolve(given);
          },
          reject: (reason) => {
            signal.removeEventListener('abort', leave);
            reject(reason);
          },
        };
        signal.addEventListener('abort', leave, { once: true });
        line.push(waiting);
        admit();
      }),
    spent: () => spent / NANO,
  };
}

function exhausted(worst: number, left: number, maxUsd: number): IncompleteRunError {
  const usd = (nano: number) => `US$${Math.max(0, nano / NANO).toFixed(6)}`;
  return new IncompleteRunError(
    `the next request could cost up to ${usd(worst)}, and ${usd(left)} of --max-usd ${maxUsd} is left`,
    'Run the same command again with a larger --max-usd; every answer so far is kept',
  );
}
