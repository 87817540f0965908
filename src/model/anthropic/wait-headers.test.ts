import { describe, expect, it } from 'vitest';
import { exhaustedForMs, retryAfterMs } from './wait-headers.ts';

const now = Date.UTC(2026, 10, 22, 12);
const waitOf = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), now);

describe('how long a refusal asks to wait', () => {
  it('is read from milliseconds, seconds or a date, the most exact first', () => {
    expect(waitOf({ 'retry-after': '2' })).toBe(2000);
    expect(waitOf({ 'retry-after': '0.5' })).toBe(500);
    expect(waitOf({ 'retry-after': new Date(now + 7000).toUTCString() })).toBe(7000);
    expect(waitOf({ 'retry-after-ms': '1500', 'retry-after': '2' })).toBe(1500);
  });

  it('is no time for a date that has passed, and unknown for what cannot be read', () => {
    expect(waitOf({ 'retry-after': new Date(now - 7000).toUTCString() })).toBe(0);
    expect(waitOf({ 'retry-after': 'soon' })).toBeNull();
    expect(waitOf({})).toBeNull();
  });

  it('is until the reset of a limit that is used up, a minute at most', () => {
    const headers = (remaining: string, seconds: number) => ({
      'anthropic-ratelimit-requests-remaining': remaining,
      'anthropic-ratelimit-requests-reset': new Date(now + seconds * 1000).toISOString(),
    });
    expect(waitOf(headers('0', 9))).toBe(9000);
    expect(exhaustedForMs(new Headers(headers('0', 9)), now)).toBe(9000);
    expect(exhaustedForMs(new Headers(headers('3', 9)), now)).toBe(0);
    expect(exhaustedForMs(new Headers(headers('0', 900)), now)).toBe(60_000);
    expect(exhaustedForMs(new Headers(headers('0', -9)), now)).toBe(0);
    expect(exhaustedForMs(new Headers(), now)).toBe(0);
  });
});
