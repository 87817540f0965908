export interface BatchLimits {
  requests: number;
  /** Of the whole JSON body. */
  bytes: number;
}

/** The API takes 100,000 requests and 256 MB; the margin is for whatever a proxy or the SDK adds. */
export const BATCH_LIMITS: BatchLimits = { requests: 100_000, bytes: 240_000_000 };

/** `{"requests":[` and `]}`; a comma is counted with every request. */
const FRAME_BYTES = 15;

/** What is left of a batch that is being filled. */
export interface BatchRoom {
  /**
   * Takes a request in where there is room; the first always, whatever its size: the API says better what is wrong.
   *
   * @param bytes of its JSON as UTF-8
   */
  take(bytes: number): boolean;
}

export function emptyBatch(limits: BatchLimits = BATCH_LIMITS): BatchRoom {
  let requests = 0;
  let left = limits.bytes - FRAME_BYTES;
  return {
    take: (bytes) => {
      const needed = bytes + 1;
      if (requests > 0 && (requests >= limits.requests || left < needed)) return false;
      requests += 1;
      left -= needed;
      return true;
    },
  };
}

/**
 * Splits requests, in their order, into as few parts as their order allows, each within the limits. A request
 * that alone exceeds them is a part of its own.
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
  let room: BatchRoom | null = null;
  for (const request of requests) {
    const bytes = bytesOf(request);
    if (room === null || !room.take(bytes)) {
      parts.push([]);
      room = emptyBatch(limits);
      room.take(bytes);
    }
    parts.at(-1)?.push(request);
  }
  return parts;
}
