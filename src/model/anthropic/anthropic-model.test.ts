import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Behaviour } from '../../../test/anthropic-api/behaviour.ts';
import { always, closeAll, error, only, open, request } from '../../../test/anthropic-api/open-model.ts';
import { TEST_KEY } from '../../../test/anthropic-api/start-api.ts';
import { openBudget } from '../../cost/budget.ts';
import { anthropicModel } from './anthropic-model.ts';

const never = new AbortController().signal;
afterEach(closeAll);

describe('a question to the API', () => {
  it('is answered, with its tokens and their cost', async () => {
    const { server, model } = await open();
    const reply = await model.ask(request, never);
    expect(reply).toMatchObject({ kind: 'text', usage: { cost_usd: 0.001, cache_write_tokens: 0 } });
    expect(JSON.parse(reply.kind === 'text' ? reply.text : '')).toHaveProperty('color');
    expect(server.requests).toHaveLength(1);
    expect(model).toMatchObject({ id: 'anthropic:claude-haiku-5-5', revision: null });
  });

  it('arrives byte for byte, lone surrogates included', async () => {
    const { server, model } = await open();
    await model.ask(request, never);
    expect(server.requests[0]?.body).toMatchObject({ messages: [{ role: 'user', content: request.user }] });
    expect(server.requests[0]?.text).toContain('blue \\ud800 {{ 7*7 }}');
    expect(server.requests[0]?.text).not.toContain('temperature');
  });

  it('takes nothing from the environment', async () => {
    vi.stubEnv('ANTHROPIC_CUSTOM_HEADERS', 'x-custom: 1');
    vi.stubEnv('ANTHROPIC_AUTH_TOKEN', 'another');
    try {
      const { server, model } = await open();
      await model.ask(request, never);
      expect(server.requests[0]?.headers).not.toHaveProperty('x-custom');
      expect(process.env.ANTHROPIC_CUSTOM_HEADERS).toBe('x-custom: 1');
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('has its tokens counted', async () => {
    const { model } = await open();
    expect(await model.countTokens(request, never)).toBeGreaterThan(20);
  });

  it('writes the cache once and reads it from then on, however many are asked at once', async () => {
    const { server, model } = await open({ cacheFloor: 10 });
    const asked = Array.from({ length: 6 }, (_, index) => model.ask({ ...request, user: `${index}` }, never));
    const usages = (await Promise.all(asked)).map((reply) => (reply.kind === 'text' ? reply.usage : null));
    expect(usages.filter((usage) => (usage?.cache_write_tokens ?? 0) > 0)).toHaveLength(1);
    expect(usages.filter((usage) => (usage?.cache_read_tokens ?? 0) > 0)).toHaveLength(5);
    expect(server.requests).toHaveLength(6);
  });
});

describe('an answer that is not the usual one', () => {
  const stop = (reason: string, text?: string): Behaviour =>
    text === undefined ? { kind: 'stop', reason } : { kind: 'stop', reason, text };

  it.each([
    [stop('stop_sequence'), { kind: 'text' }],
    [stop('refusal'), { kind: 'refused', text: '' }],
    [stop('max_tokens', '{"co'), { kind: 'invalid', text: '{"co' }],
    [stop('model_context_window_exceeded'), { kind: 'invalid' }],
    [stop('tool_use'), { kind: 'failed', reason: expect.stringContaining('tool_use') }],
    [stop('brand_new'), { kind: 'failed', reason: expect.stringContaining('brand_new') }],
    [
      { kind: 'text', text: '{"color":"green"}' } satisfies Behaviour,
      { kind: 'text', text: '{"color":"green"}' },
    ],
  ])('is told as it is: %j', async (behaviour, expected) => {
    const { server, model } = await open({ behave: always(behaviour) });
    expect(await model.ask(request, never)).toMatchObject(expected);
    expect(server.requests).toHaveLength(1);
  });

  it('is taken up again after a pause, and is then whole', async () => {
    const { model: plain } = await open();
    const whole = await plain.ask(request, never);
    const { server, model } = await open({ behave: only(stop('pause_turn')) });
    const reply = await model.ask(request, never);
    expect(reply).toMatchObject({ kind: 'text', text: whole.kind === 'text' ? whole.text : '' });
    expect(reply).toMatchObject({ usage: { cost_usd: 0.002 } });
    expect(server.requests[1]?.body).toMatchObject({ messages: [{ role: 'user' }, { role: 'assistant' }] });
  });

  it('that pauses for ever is given up', async () => {
    const { server, model } = await open({ behave: always(stop('pause_turn', 'never')) });
    expect(await model.ask(request, never)).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('pause_turn'),
    });
    expect(server.requests).toHaveLength(6);
  });
});

describe('a budget', () => {
  it('is not passed, and ends the run when it is used up', async () => {
    const tokenPrice = (tokens: {
      input_tokens: number;
      cache_write_tokens: number;
      output_tokens: number;
    }) => (tokens.input_tokens + tokens.cache_write_tokens + 5 * tokens.output_tokens) / 1e6;
    const budget = openBudget(0.004);
    const { server, model } = await open({}, { price: tokenPrice, budget });
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => model.ask(request, never)));
    const answered = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(answered).toBeGreaterThan(5);
    expect(answered).toBeLessThan(50);
    expect(budget.spent()).toBeLessThanOrEqual(0.004);
    const paid = server.requests.map(({ usage }) =>
      usage === null ? 0 : usage.input + usage.written + 5 * usage.output,
    );
    expect(budget.spent()).toBeCloseTo(paid.reduce((sum, each) => sum + each, 0) / 1e6, 8);
  });

  it('counts an answer that was lost on the way as if it had cost the most it could', async () => {
    const budget = openBudget(1);
    const { model } = await open(
      { behave: only({ kind: 'reset', when: 'after' }) },
      { budget, price: () => 0.1 },
    );
    await model.ask(request, never);
    expect(budget.spent()).toBeCloseTo(0.2, 9);
  });

  it('counts nothing for what was refused', async () => {
    const budget = openBudget(1);
    const { model } = await open({ behave: only(error(529)) }, { budget, price: () => 0.1 });
    await model.ask(request, never);
    expect(budget.spent()).toBeCloseTo(0.1, 9);
  });
});

describe('an account with a small limit', () => {
  it('has every question answered', async () => {
    const { server } = await open({ rateLimit: { perSecond: 50, burst: 5, retryAfter: 'none' } });
    const notices: string[] = [];
    const model = anthropicModel({
      model: 'claude-haiku-5-5',
      apiKey: TEST_KEY,
      baseURL: server.url,
      concurrency: 16,
      price: null,
      patienceSeconds: 60,
      onNotice: (text) => notices.push(text),
    });
    const replies = await Promise.all(Array.from({ length: 60 }, () => model.ask(request, never)));
    expect(replies.every(({ kind }) => kind === 'text')).toBe(true);
    expect(server.requests.filter(({ status }) => status === 200)).toHaveLength(60);
    expect(notices).toContainEqual(expect.stringContaining("to find the account's limit"));
  });
});
