export interface BatchLimits {
  requests: number;
  /** Of the whole JSON body. */
  bytes: number;
}

/** The API takes 100,000 requests and 256 MB; the margin is for whatever a proxy or the SDK adds. */
export const BATCH_LIMITS: BatchLimits = { requests: 100_000, bytes: 240_000_000 };

/** `{"requests":[` and `]}`; a comma is counted with every request. */
const FRAME_BYTES = 15;

/**
 * Splits requests, in their order, into as few parts as their order allows, each within the limits. A request
 * that alone exceeds them is a part of its own: the API says so better.
 *
 * @param bytesOf size of a request's JSON as UTF-8
 * @example sizes 40, 40, 40 under 100 bytes give [[40], [40], [40]]: 15 bytes of frame and a comma each
 */
export function splitRequests<T>(
  requests: Iterable<T>,
  bytesOf: (request: T) => number,
  limits: BatchLimits = BATCH_LIMITS,
): T[][] {
  const parts: T[][] = [];
  let room = { requests: 0, bytes: 0 };
  for (const request of requests) {
    const bytes = bytesOf(request) + 1;
    if (room.requests < 1 || room.bytes < bytes) {
      parts.push([]);
      room = { requests: limits.requests, bytes: limits.bytes - FRAME_BYTES };
    }
    parts.at(-1)?.push(request);
    room = { requests: room.requests - 1, bytes: room.bytes - bytes };
  }
  return parts;
}
