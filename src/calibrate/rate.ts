import { wilsonInterval } from '../statistics/wilson.ts';

/** How often something happened, with Wilson's 95% interval. */
export interface Rate {
  /** 0 … 1. */
  share: number;
  low: number;
  high: number;
}

/** @param n above 0 */
export function rateOf(count: number, n: number): Rate {
  return { share: count / n, ...(wilsonInterval(count, n) ?? { low: 0, high: 1 }) };
}
