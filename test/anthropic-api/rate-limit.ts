import { ApiError } from './api-error.ts';

export interface RateLimit {
  perSecond: number;
  /** Requests that an idle account may send at once. */
  burst: number;
  /** What a refusal says about when to come again. */
  retryAfter: 'none' | 'seconds' | 'date' | 'milliseconds';
}

/** A token bucket; `take` throws 429 when it is empty. */
export function rateLimiter({ perSecond, burst, retryAfter }: RateLimit, now: () => number) {
  let tokens = burst;
  let filledAt = now();
  return {
    take: () => {
      tokens = Math.min(burst, tokens + ((now() - filledAt) / 1000) * perSecond);
      filledAt = now();
      if (tokens < 1) throw new ApiError(429, 'This request would exceed your rate limit', waitHeaders());
      tokens -= 1;
    },
  };

  function waitHeaders(): Record<string, string> {
    const milliseconds = ((1 - tokens) / perSecond) * 1000;
    switch (retryAfter) {
      case 'none':
        return {};
      case 'seconds':
        return { 'retry-after': String(Math.ceil(milliseconds / 1000)) };
      case 'date':
        return { 'retry-after': new Date(Date.now() + Math.ceil(milliseconds / 1000) * 1000).toUTCString() };
      case 'milliseconds':
        return { 'retry-after-ms': String(Math.ceil(milliseconds)) };
    }
  }
}
