import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitRequests } from './split-requests.ts';

const bodyBytes = (part: readonly string[]) => {
  const requests = part.map((text) => JSON.parse(text));
  return Buffer.byteLength(JSON.stringify({ requests }));
};
const bytesOf = (text: string) => Buffer.byteLength(text);
const limits = fc.record({
  requests: fc.integer({ min: 1, max: 8 }),
  bytes: fc.integer({ min: 20, max: 300 }),
});
const requests = fc.array(fc.string({ unit: 'binary', maxLength: 60 }).map((text) => JSON.stringify(text)));

describe('splitting requests into batches', () => {
  it('keeps every request, in order, in parts that are never empty', () => {
    fc.assert(
      fc.property(requests, limits, (all, limit) => {
        const parts = splitRequests(all, bytesOf, limit);
        expect(parts.flat()).toEqual(all);
        expect(parts.every((part) => part.length > 0)).toBe(true);
      }),
    );
  });

  it('keeps every body within the limits, but for a request that is alone too large', () => {
    fc.assert(
      fc.property(requests, limits, (all, limit) => {
        for (const part of splitRequests(all, bytesOf, limit)) {
          expect(part.length).toBeLessThanOrEqual(limit.requests);
          if (part.length > 1) expect(bodyBytes(part)).toBeLessThanOrEqual(limit.bytes);
        }
      }),
    );
  });

  it('begins a new part only where the next request does not fit the last', () => {
    fc.assert(
      fc.property(requests, limits, (all, limit) => {
        const parts = splitRequests(all, bytesOf, limit);
        for (const [index, part] of parts.slice(0, -1).entries()) {
          const [next = ''] = parts[index + 1] ?? [];
          const isFull = part.length === limit.requests;
          expect(isFull || bodyBytes([...part, next]) > limit.bytes - 2).toBe(true);
        }
      }),
    );
  });

  it("holds the API's own limits", () => {
    const parts = splitRequests(Array(250_000).keys(), () => 2000);
    expect(parts.map((part) => part.length)).toEqual([100_000, 100_000, 50_000]);
    expect(splitRequests(Array(3).keys(), () => 100_000_000).map((part) => part.length)).toEqual([2, 1]);
  });
});
