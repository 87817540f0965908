/** What is read of HTTP headers. */
export interface HeaderSource {
  get(name: string): string | null;
}

/** Limits are by the minute: a longer wait for one is a clock that is wrong. */
const LONGEST_RESET_MS = 60_000;

/**
 * How long a refusal asks to wait, in milliseconds: `retry-after-ms`, else `retry-after` in seconds or as an
 * HTTP date, else the reset of a request limit that is used up. Null where it says nothing that can be read.
 *
 * @param now milliseconds since 1970
 */
export function retryAfterMs(headers: HeaderSource, now: number): number | null {
  const milliseconds = parseNumber(headers.get('retry-after-ms'));
  if (milliseconds !== null) return milliseconds;
  const value = headers.get('retry-after');
  const seconds = parseNumber(value);
  if (seconds !== null) return seconds * 1000;
  const date = value === null ? Number.NaN : Date.parse(value);
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  const reset = exhaustedForMs(headers, now);
  return reset > 0 ? reset : null;
}

/** How long the account has no request left, by its `anthropic-ratelimit-requests-*` headers; 0 where it has. */
export function exhaustedForMs(headers: HeaderSource, now: number): number {
  if (parseNumber(headers.get('anthropic-ratelimit-requests-remaining')) !== 0) return 0;
  const reset = Date.parse(headers.get('anthropic-ratelimit-requests-reset') ?? '');
  return Number.isNaN(reset) ? 0 : Math.min(LONGEST_RESET_MS, Math.max(0, reset - now));
}

function parseNumber(text: string | null): number | null {
  return text !== null && /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : null;
}
