import { afterEach, describe, expect, it } from 'vitest';
import type { Behaviour } from '../../../test/anthropic-api/behaviour.ts';
import { always, closeAll, error, only, open, request } from '../../../test/anthropic-api/open-model.ts';
import { TEST_KEY } from '../../../test/anthropic-api/start-api.ts';
import { IncompleteRunError } from '../../errors/errors.ts';

const never = new AbortController().signal;
afterEach(closeAll);

describe('a request that the API does not answer at first', () => {
  it.each<[string, Behaviour]>([
    ['429', error(429)],
    ['429 with seconds to wait', error(429, { 'retry-after': '3' })],
    ['500', error(500)],
    ['502', error(502)],
    ['503', error(503)],
    ['504', error(504)],
    ['529', error(529)],
    ['a reset before the answer', { kind: 'reset', when: 'before' }],
    ['a reset after the answer', { kind: 'reset', when: 'after' }],
    ['half of a JSON', { kind: 'half-json' }],
    ['JSON that is no message', { kind: 'no-message' }],
    ['a page of HTML', { kind: 'html' }],
    ['a body that stalls', { kind: 'stall' }],
  ])('is sent again: %s', async (_, behaviour) => {
    const { server, model } = await open({ behave: only(behaviour) }, { timeoutMs: 300 });
    expect(await model.ask(request, never)).toMatchObject({ kind: 'text' });
    expect(server.requests).toHaveLength(2);
  });

  it('waits as long as it is asked to, in seconds, milliseconds or until a date', async () => {
    for (const headers of [
      { 'retry-after': '7' },
      { 'retry-after-ms': '7000' },
      { 'retry-after': new Date(Date.now() + 8000).toUTCString() },
      {
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': new Date(Date.now() + 8000).toISOString(),
      },
    ]) {
      const { model, elapsed } = await open({ behave: only(error(429, headers)) });
      await model.ask(request, never);
      expect(elapsed()).toBeGreaterThan(6000);
      expect(elapsed()).toBeLessThan(9000);
    }
  });

  it('waits for the reset that an answer announces', async () => {
    const headers = {
      'anthropic-ratelimit-requests-remaining': '0',
      'anthropic-ratelimit-requests-reset': new Date(Date.now() + 30_000).toISOString(),
    };
    const { model, elapsed } = await open({ behave: only({ kind: 'headers', headers }) });
    await model.ask(request, never);
    expect(elapsed()).toBe(0);
    await model.ask(request, never);
    expect(elapsed()).toBeGreaterThan(20_000);
  });
});

describe('a request that the API will not take', () => {
  it.each([400, 413, 422])('is failed with what the API says, and the next is asked (%i)', async (status) => {
    const { model } = await open({ behave: only({ kind: 'error', status, message: 'prompt is too long' }) });
    expect(await model.ask(request, never)).toEqual({
      kind: 'failed',
      reason: `the API answered ${status}: prompt is too long`,
    });
    expect(await model.ask(request, never)).toMatchObject({ kind: 'text' });
  });
});

describe('a run that cannot go on', () => {
  const failure = async (asked: Promise<unknown>): Promise<IncompleteRunError> => {
    const reason: unknown = await asked.then(
      () => null,
      (thrown) => thrown,
    );
    expect(reason).toBeInstanceOf(IncompleteRunError);
    return reason as IncompleteRunError;
  };

  it.each<[string, Behaviour, RegExp, RegExp]>([
    ['401', error(401), /the key was refused/, /Set ANTHROPIC_API_KEY/],
    ['403', error(403), /the key may not do this/, /Use a key/],
    ['404', error(404), /no model claude-haiku-5-5/, /Look whether the name is right/],
    ['402', error(402), /402/, /billing/],
    [
      'an empty account',
      { kind: 'error', status: 400, message: 'Your credit balance is too low' },
      /credit balance/,
      /billing/,
    ],
  ])('ends at once: %s', async (_, behaviour, what, mend) => {
    const { server, model } = await open({ behave: always(behaviour) });
    const thrown = await failure(model.ask(request, never));
    expect(thrown.message).toMatch(what);
    expect(thrown.mend).toMatch(mend);
    expect(await failure(model.ask(request, never))).toBe(thrown);
    expect(server.requests).toHaveLength(1);
  });

  it('names the model that was probably meant', async () => {
    const { model } = await open({}, { model: 'claude-haiku-5.5' });
    expect((await failure(model.ask(request, never))).mend).toBe('Did you mean claude-haiku-5-5?');
  });

  it.each<[string, Behaviour]>([
    ['529', error(529)],
    ['429', error(429)],
    ['resets', { kind: 'reset', when: 'before' }],
    ['half of a JSON', { kind: 'half-json' }],
  ])('ends when the patience does: %s', async (_, behaviour) => {
    const { server, model, elapsed } = await open({ behave: always(behaviour) });
    const all = await Promise.all(Array.from({ length: 20 }, () => failure(model.ask(request, never))));
    expect(all[0]?.mend).toMatch(/run the same command again/);
    expect(elapsed()).toBeLessThan(700_000);
    expect(server.requests.length).toBeLessThan(200);
  });

  it('never tells the key', async () => {
    const leaking = { kind: 'error', message: `bad key ${TEST_KEY}\u001b[31m` } as const;
    for (const status of [400, 401, 403, 404, 500]) {
      const { model } = await open({ behave: always({ ...leaking, status }) });
      const told = await model
        .ask(request, never)
        .then(JSON.stringify, (thrown) => `${thrown.stack} ${thrown.mend}`);
      expect(told).toContain('bad key [key]');
      expect(told).not.toContain(TEST_KEY);
      expect(told).not.toContain('\u001b');
    }
  });

  it('ends when nobody is there', async () => {
    const { model } = await open({}, { baseURL: 'http://127.0.0.1:1' });
    expect((await failure(model.ask(request, never))).message).toMatch(
      /connection to http:\/\/127\.0\.0\.1:1 failed/,
    );
  });

  it('ends at once when it is interrupted, whether under way or waiting', async () => {
    const { model } = await open({ latency: 30_000 });
    const controller = new AbortController();
    const both = Promise.allSettled([
      model.ask(request, controller.signal),
      model.ask(request, controller.signal),
    ]);
    setTimeout(() => controller.abort(new Error('interrupted')), 50);
    for (const outcome of await both) expect(outcome).toMatchObject({ reason: { message: 'interrupted' } });
  });
});
