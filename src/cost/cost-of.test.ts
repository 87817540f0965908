import { describe, expect, it } from 'vitest';
import { costOf, priceOf } from './cost-of.ts';
import type { Prices } from './price-schema.ts';

const price = {
  input: 0.1,
  output: 0.5,
  cache_write_5m: 0.125,
  cache_read: 0.01,
  over: [
    { prompt_tokens: 500_000, input: 5, output: 5, cache_write_5m: 5, cache_read: 5 },
    { prompt_tokens: 100_000, input: 0.5, output: 2.5, cache_write_5m: 0.625, cache_read: 0.05 },
  ],
};
const prices: Prices = {
  as_of: '2026-11-22',
  source: 'a test',
  batch_factor: 0.5,
  models: { 'claude-haiku-5-5': price },
};
const none = { input_tokens: 0, output_tokens: 0, cache_write_tokens: 0, cache_read_tokens: 0 };

describe('the cost of a request', () => {
  it('adds input, output, cache writes and cache reads, each at its rate', () => {
    const tokens = {
      input_tokens: 2000,
      output_tokens: 60,
      cache_write_tokens: 1000,
      cache_read_tokens: 4000,
    };
    expect(costOf(tokens, price)).toBeCloseTo(0.0002 + 0.00003 + 0.000125 + 0.00004, 12);
  });

  it('has the price of the tier that the whole prompt exceeds, cached tokens included', () => {
    const at = { ...none, input_tokens: 60_000, cache_read_tokens: 40_000 };
    expect(costOf(at, price)).toBeCloseTo(0.006 + 0.0004, 12);
    expect(costOf({ ...at, cache_read_tokens: 40_001 }, price)).toBeCloseTo(0.03 + 0.00200005, 12);
    expect(costOf({ ...none, input_tokens: 500_001 }, price)).toBeCloseTo(2.500005, 12);
  });

  it('is zero for no tokens', () => {
    expect(costOf(none, price)).toBe(0);
  });
});

describe('the price of a model', () => {
  it('is halved for a batch', () => {
    const tokens = { ...none, input_tokens: 1e5 };
    expect(priceOf(prices, 'claude-haiku-5-5', { batch: false })?.(tokens)).toBeCloseTo(0.01, 12);
    expect(priceOf(prices, 'claude-haiku-5-5', { batch: true })?.(tokens)).toBeCloseTo(0.005, 12);
  });

  it('holds for a dated name too, and is null for an unknown one', () => {
    expect(priceOf(prices, 'claude-haiku-5-5-20261001', { batch: false })).not.toBeNull();
    expect(priceOf(prices, 'claude-haiku-5-6', { batch: false })).toBeNull();
    expect(priceOf(prices, 'constructor', { batch: false })).toBeNull();
  });
});
