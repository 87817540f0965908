import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PriceOf } from './cost-of.ts';
import { estimateCost } from './estimate.ts';

const price: PriceOf = (tokens) =>
  (tokens.input_tokens +
    5 * tokens.output_tokens +
    1.25 * tokens.cache_write_tokens +
    0.1 * tokens.cache_read_tokens) /
  1e6;
const ofSizes = (characters: readonly number[]) => characters.map((each) => ({ characters: each, count: 1 }));
const output = { low: 20, high: 256 };

describe('an estimate', () => {
  it('is exact where every request was counted', () => {
    const sample = [
      { tokens: 100, characters: 400 },
      { tokens: 50, characters: 200 },
    ];
    const estimate = estimateCost({
      sample,
      sizes: ofSizes([400, 200]),
      output,
      cachedCharacters: null,
      price,
    });
    expect(estimate.requests).toBe(2);
    expect(estimate.inputTokens).toEqual({ low: 150, high: 150 });
    expect(estimate.usd?.low).toBeCloseTo((150 + 5 * 40) / 1e6, 12);
    expect(estimate.usd?.high).toBeCloseTo((150 + 5 * 512) / 1e6, 12);
  });

  it('knows that a cached prefix is written once and then read, or by every request', () => {
    const sample = Array.from({ length: 3 }, () => ({ tokens: 1000, characters: 1000 }));
    const sizes = ofSizes([1000, 1000, 1000]);
    const cached = estimateCost({
      sample,
      sizes,
      output: { low: 0, high: 0 },
      cachedCharacters: 900,
      price,
    });
    expect(cached.usd?.low).toBeCloseTo((3 * 100 + 1.25 * 900 + 2 * 0.1 * 900) / 1e6, 12);
    expect(cached.usd?.high).toBeCloseTo((3 * 100 + 3 * 1.25 * 900) / 1e6, 12);
  });

  it('is the same for requests counted by size as one by one', () => {
    const sample = [
      { tokens: 30, characters: 100 },
      { tokens: 90, characters: 260 },
    ];
    const given = { sample, output, cachedCharacters: 50, price };
    const bySize = estimateCost({
      ...given,
      sizes: [
        { characters: 100, count: 3 },
        { characters: 260, count: 2 },
      ],
    });
    const one = estimateCost({ ...given, sizes: ofSizes([100, 100, 100, 260, 260]) });
    expect(bySize).toEqual({
      requests: 5,
      inputTokens: one.inputTokens,
      usd: { low: expect.closeTo(one.usd?.low ?? 0, 12), high: expect.closeTo(one.usd?.high ?? 0, 12) },
    });
  });

  it('gives no dollars where the price is unknown, and nothing for no requests', () => {
    const nothing = { sample: [], output, cachedCharacters: null };
    expect(estimateCost({ ...nothing, sizes: ofSizes([10]), price: null }).usd).toBeNull();
    expect(estimateCost({ ...nothing, sizes: [], price })).toEqual({
      requests: 0,
      inputTokens: { low: 0, high: 0 },
      usd: { low: 0, high: 0 },
    });
  });

  it('brackets the true total of requests that are like the sample', () => {
    const requests = Array.from({ length: 500 }, (_, index) => {
      const characters = 8000 + ((index * 7919) % 3000);
      return { characters, tokens: Math.round(characters / (3.3 + ((index * 104729) % 100) / 100)) };
    });
    const sample = requests.filter((_, index) => index % 17 === 3);
    const total = requests.reduce((sum, { tokens }) => sum + tokens, 0);
    const { inputTokens } = estimateCost({
      sample,
      sizes: requests.map(({ characters }) => ({ characters, count: 1 })),
      output,
      cachedCharacters: null,
      price,
    });
    expect(inputTokens.low).toBeLessThan(total);
    expect(inputTokens.high).toBeGreaterThan(total);
    expect(inputTokens.high / inputTokens.low).toBeLessThan(1.15);
  });

  it('never has a low end above its high end', () => {
    const request = fc.record({
      tokens: fc.integer({ min: 1, max: 5000 }),
      characters: fc.integer({ min: 1, max: 9000 }),
    });
    const input = fc.record({
      sample: fc.array(request, { maxLength: 8 }),
      sizes: fc.array(
        fc.record({ characters: fc.integer({ min: 0, max: 9000 }), count: fc.integer({ min: 1, max: 9 }) }),
        { maxLength: 20 },
      ),
      output: fc.constant(output),
      cachedCharacters: fc.option(fc.integer({ min: 0, max: 9000 })),
      // Where writing to the cache costs no more than sending, for then a cache can only save.
      price: fc.constant<PriceOf>(
        (tokens) => tokens.input_tokens + tokens.output_tokens + tokens.cache_write_tokens,
      ),
    });
    fc.assert(
      fc.property(input, (given) => {
        const { inputTokens, usd } = estimateCost(given);
        expect(inputTokens.low).toBeLessThanOrEqual(inputTokens.high);
        expect(usd?.low).toBeLessThanOrEqual(usd?.high ?? Number.NaN);
      }),
    );
  });
});
