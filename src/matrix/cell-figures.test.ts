import { describe, expect, it } from 'vitest';
import type { Answer } from '../schema/run-record.ts';
import { cellFigures } from './cell-figures.ts';

const usage = { input_tokens: 100, output_tokens: 20, cache_write_tokens: 0, cache_read_tokens: 300 };

function answer(usd: number | null, latency: number): Answer {
  return { status: 'answered', label: {}, raw: '', usage: { ...usage, cost_usd: usd }, latency_ms: latency };
}

const of = (conversation: string, ...answers: Answer[]) => ({ conversation, answers });
const failed: Answer = {
  status: 'failed',
  reason: 'no route',
  raw: '',
  usage: { ...usage, input_tokens: 0, cache_read_tokens: 0, cost_usd: 0 },
  latency_ms: 9000,
};

describe('the figures of a cell', () => {
  it('give cost for conversations and not for windows, latency and tokens of what was answered', () => {
    const figures = cellFigures([of('a', answer(0.001, 100)), of('a', answer(0.001, 300)), of('b', failed)]);
    expect(figures).toEqual({
      answers: 3,
      unusable: { invalid: 0, refused: 0, failed: 1 },
      usdPer1000: expect.closeTo(1.5, 12),
      latencyMs: { median: 200, p95: expect.closeTo(290, 9) },
      inputTokens: 400,
      batched: 0,
    });
  });

  it('do not multiply with repeats', () => {
    const once = cellFigures([of('a', answer(0.002, 5))]);
    expect(cellFigures([of('a', answer(0.002, 5), answer(0.002, 5))]).usdPer1000).toBe(once.usdPer1000);
  });

  it('have no cost where a price is unknown, and no latency of batches', () => {
    expect(cellFigures([of('a', answer(null, 5)), of('b', answer(0.1, 5))]).usdPer1000).toBeNull();
    expect(cellFigures([of('a', answer(0.1, 0)), of('b', answer(0.1, 0))])).toMatchObject({
      latencyMs: null,
      batched: 2,
    });
  });

  it('are empty where nothing was answered', () => {
    expect(cellFigures([of('a', failed)])).toMatchObject({
      usdPer1000: null,
      latencyMs: null,
      inputTokens: null,
    });
  });
});
