import { describe, expect, it } from 'vitest';
import { isMessage, type MessageParts, readMessage } from './read-message.ts';

const message = (stop_reason: string | null, ...texts: string[]): MessageParts => ({
  content: [{ type: 'thinking' }, ...texts.map((text) => ({ type: 'text', text }))],
  stop_reason,
  usage: {
    input_tokens: 100,
    output_tokens: 10,
    cache_creation_input_tokens: 7,
    cache_read_input_tokens: null,
  },
});
const usage = { input_tokens: 100, output_tokens: 10, cache_write_tokens: 7, cache_read_tokens: 0 };
const read = (reason: string | null, ...texts: string[]) =>
  readMessage([message(reason, ...texts)], () => 0.5);

describe('a message', () => {
  it.each(['end_turn', 'stop_sequence'])('that ends with %s is text', (reason) => {
    expect(read(reason, '{"a":', '1}')).toEqual({
      kind: 'text',
      text: '{"a":1}',
      usage: { ...usage, cost_usd: 0.5 },
    });
  });

  it('that is a refusal is refused, whatever text came with it', () => {
    expect(read('refusal', 'I')).toMatchObject({ kind: 'refused', text: 'I' });
  });

  it('that was cut off is invalid, with its text', () => {
    expect(read('max_tokens', '{"a"')).toMatchObject({
      kind: 'invalid',
      reason: 'the answer was cut off by its token limit (max_tokens)',
      text: '{"a"',
    });
    expect(read('max_tokens')).toMatchObject({
      kind: 'invalid',
      reason: expect.stringContaining('thinking counts'),
    });
    expect(read('model_context_window_exceeded', '')).toMatchObject({
      kind: 'invalid',
      reason: "the conversation exceeds the model's context window",
    });
  });

  it.each(['tool_use', 'brand_new', null])('that stops for %s is failed and says so', (reason) => {
    expect(read(reason, 'x')).toEqual({
      kind: 'failed',
      reason: `the model stopped for a reason unknown here: ${reason}`,
    });
  });

  it('in several parts has their texts joined and their usage added', () => {
    const turn = [message('pause_turn', '{"a":'), message('end_turn', '1}')];
    expect(readMessage(turn, () => 0.5)).toEqual({
      kind: 'text',
      text: '{"a":1}',
      usage: {
        input_tokens: 200,
        output_tokens: 20,
        cache_write_tokens: 14,
        cache_read_tokens: 0,
        cost_usd: 1,
      },
    });
    expect(readMessage(turn.slice(0, 1), null)).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('pause_turn'),
    });
  });

  it('has no cost where the price is unknown', () => {
    expect(readMessage([message('end_turn', 'x')], null)).toMatchObject({
      usage: { ...usage, cost_usd: null },
    });
  });

  it('is told from what is none', () => {
    expect(isMessage(message('end_turn', 'x'))).toBe(true);
    for (const value of [
      '<html>',
      null,
      undefined,
      {},
      { ...message('end_turn'), usage: {} },
      { type: 'message' },
    ])
      expect(isMessage(value)).toBe(false);
  });
});
