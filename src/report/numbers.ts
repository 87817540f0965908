import type { Interval } from '../score/scores.ts';

/** Metrics that are shares of cases and read best in percent; the others are plain numbers. */
const SHARES = /^(accuracy|subset_accuracy|within_one|balanced_accuracy|precision|recall)/;

/** A metric's value the way people say it: `82.4%`, `0.713`, `n/a`. */
export function showMetric(name: string, value: number | null): string {
  if (value === null) return 'n/a';
  return SHARES.test(name) ? `${(value * 100).toFixed(1)}%` : value.toFixed(3);
}

/** ` (78.1 to 86.0)`, in the unit of showMetric; empty where there is no interval. */
export function showInterval(name: string, interval: Interval | null): string {
  if (interval === null) return '';
  const show = (value: number) => (SHARES.test(name) ? (value * 100).toFixed(1) : value.toFixed(3));
  return ` (${show(interval.low)} to ${show(interval.high)})`;
}

/** A signed difference: `+1.2 points`, `-0.031`, `no change`. */
export function showChange(name: string, before: number | null, now: number | null): string {
  if (before === null || now === null) return '';
  const change = now - before;
  const text = SHARES.test(name) ? (Math.abs(change) * 100).toFixed(1) : Math.abs(change).toFixed(3);
  if (Number(text) === 0) return 'no change';
  return `${change > 0 ? '+' : '-'}${text}${SHARES.test(name) ? ' points' : ''}`;
}

/** `1 case`, `3 cases`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
