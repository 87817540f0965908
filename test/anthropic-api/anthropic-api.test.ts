import Anthropic from '@anthropic-ai/sdk';
import type {
  MessageBatchIndividualResponse,
  MessageCreateParamsNonStreaming,
} from '@anthropic-ai/sdk/resources/messages';
import { afterEach, describe, expect, it } from 'vitest';
import { type Api, type ApiOptions, startApi, TEST_KEY } from './start-api.ts';

const running: Api[] = [];
afterEach(async () => {
  for (const api of running.splice(0)) await api.close();
});

async function open(options: ApiOptions = {}, apiKey = TEST_KEY) {
  const api = await startApi(options);
  running.push(api);
  return { api, client: new Anthropic({ apiKey, baseURL: api.url, maxRetries: 0, logLevel: 'off' }) };
}

const params: MessageCreateParamsNonStreaming = {
  model: 'claude-haiku-5-5',
  max_tokens: 64,
  system: [{ type: 'text', text: 'Classify. '.repeat(500), cache_control: { type: 'ephemeral' } }],
  messages: [{ role: 'user', content: 'blue' }],
};

/** Posts what the SDK's types would not let through. */
async function post(api: Api, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${api.url}/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': TEST_KEY, 'anthropic-version': '2023-06-01', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

describe('the stand-in for the API', () => {
  it('answers as the SDK expects, and counts the tokens it charges', async () => {
    const { client } = await open();
    const message = await client.messages.create(params);
    const { max_tokens: _, ...counted } = params;
    const { input_tokens } = await client.messages.countTokens(counted);
    const { usage } = message;
    expect(message).toMatchObject({ type: 'message', role: 'assistant', stop_reason: 'end_turn' });
    expect(usage.input_tokens + (usage.cache_creation_input_tokens ?? 0)).toBe(input_tokens);
  });

  it('writes a long prefix to the cache, reads it the next time, and leaves a short one alone', async () => {
    const { client } = await open({ cacheFloor: 1024 });
    const first = (await client.messages.create(params)).usage;
    const second = (await client.messages.create({ ...params, messages: [{ role: 'user', content: 'red' }] }))
      .usage;
    expect(first.cache_creation_input_tokens).toBeGreaterThan(1024);
    expect(second).toMatchObject({
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: first.cache_creation_input_tokens,
    });
    const short: MessageCreateParamsNonStreaming = {
      ...params,
      system: [{ type: 'text', text: 'Classify.', cache_control: { type: 'ephemeral' } }],
    };
    for (let time = 0; time < 2; time += 1)
      expect((await client.messages.create(short)).usage).toMatchObject({
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
      });
  });

  it.each<[string, unknown, string]>([
    ['a missing field', { ...params, max_tokens: undefined }, 'max_tokens: Field required'],
    ['a temperature', { ...params, temperature: 0 }, 'temperature: Extra inputs are not permitted'],
    ['a top_p', { ...params, top_p: 1 }, 'top_p: Extra inputs are not permitted'],
    ['no messages', { ...params, messages: [] }, 'messages: '],
    ['an unknown effort', { ...params, output_config: { effort: 'huge' } }, 'output_config.effort: '],
    [
      'an open schema',
      { ...params, output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } },
      "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false",
    ],
    [
      'an unknown cache',
      { ...params, system: [{ type: 'text', text: 'x', cache_control: { type: 'long' } }] },
      'system',
    ],
    ['what is no JSON', '{"model":', 'The request body is not valid JSON'],
  ])('refuses %s with 400', async (_, body, message) => {
    const { api } = await open();
    expect(await post(api, body)).toMatchObject({
      status: 400,
      body: {
        type: 'error',
        error: { type: 'invalid_request_error', message: expect.stringContaining(message) },
      },
    });
  });

  it('refuses a wrong key, no key, no version and an unknown model', async () => {
    const { api, client } = await open({}, 'another');
    await expect(client.messages.create(params)).rejects.toMatchObject({
      status: 401,
      type: 'authentication_error',
    });
    expect(await post(api, params, { 'x-api-key': 'another' })).toMatchObject({ status: 401 });
    expect(await post(api, params, { 'anthropic-version': 'new' })).toMatchObject({ status: 400 });
    expect(await post(api, { ...params, model: 'claude-haiku-9' })).toMatchObject({
      status: 404,
      body: { error: { type: 'not_found_error', message: 'model: claude-haiku-9' } },
    });
  });

  it('keeps every request, without the key', async () => {
    const { api, client } = await open();
    await client.messages.create(params);
    await post(api, { ...params, messages: [] });
    expect(api.requests.map(({ number, status }) => [number, status])).toEqual([
      [1, 200],
      [2, 400],
    ]);
    expect(api.requests[0]?.body).toEqual(params);
    expect(JSON.stringify(api.requests)).not.toContain(TEST_KEY);
  });

  it('cuts an answer off at max_tokens', async () => {
    const { client } = await open({ answer: () => 'a long answer, by any measure' });
    const message = await client.messages.create({ ...params, max_tokens: 2 });
    expect(message).toMatchObject({ stop_reason: 'max_tokens', content: [{ text: 'a long' }] });
  });

  it('refuses what passes a rate limit, and says when to come again', async () => {
    const { client } = await open({ rateLimit: { perSecond: 0.1, burst: 2, retryAfter: 'seconds' } });
    await client.messages.create(params);
    await client.messages.create(params);
    const refusal = await client.messages.create(params).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ status: 429, type: 'rate_limit_error' });
    expect(refusal instanceof Anthropic.APIError && refusal.headers?.get('retry-after')).toBe('10');
  });
});

describe('a message batch', () => {
  const requests = ['a', 'b', 'c'].map((custom_id) => ({ custom_id, params }));
  const collect = async (client: Anthropic, id: string) => {
    const results: MessageBatchIndividualResponse[] = [];
    for await (const result of await client.messages.batches.results(id)) results.push(result);
    return results;
  };

  it('is in progress for a while, then ended, with its results in any order', async () => {
    const { client } = await open({ batch: { polls: 2 } });
    const { id } = await client.messages.batches.create({ requests });
    const statuses: string[] = [];
    for (let poll = 0; poll < 3; poll += 1)
      statuses.push((await client.messages.batches.retrieve(id)).processing_status);
    expect(statuses).toEqual(['in_progress', 'in_progress', 'ended']);
    const results = await collect(client, id);
    expect(results.map(({ custom_id }) => custom_id)).toEqual(['c', 'b', 'a']);
    expect(results[0]?.result).toMatchObject({ type: 'succeeded', message: { stop_reason: 'end_turn' } });
  });

  it('may err and expire in part, and answers a bad request with its error', async () => {
    const outcome = (id: string) => (id === 'a' ? 'errored' : id === 'b' ? 'expired' : 'succeeded');
    const { client } = await open({ batch: { outcome } });
    const bad = { custom_id: 'd', params: { ...params, max_tokens: -1 } };
    const { id } = await client.messages.batches.create({ requests: [...requests, bad] });
    const ended = await client.messages.batches.retrieve(id);
    expect(ended.request_counts).toEqual({
      processing: 0,
      succeeded: 1,
      errored: 2,
      canceled: 0,
      expired: 1,
    });
    const results = new Map((await collect(client, id)).map(({ custom_id, result }) => [custom_id, result]));
    expect(results.get('a')).toMatchObject({ type: 'errored', error: { error: { type: 'api_error' } } });
    expect(results.get('b')).toEqual({ type: 'expired' });
    expect(results.get('d')).toMatchObject({ error: { error: { type: 'invalid_request_error' } } });
  });

  it('is refused when its ids are not unique or not allowed', async () => {
    const { client } = await open();
    const create = (...ids: string[]) =>
      client.messages.batches.create({ requests: ids.map((custom_id) => ({ custom_id, params })) });
    await expect(create('a', 'a')).rejects.toMatchObject({ status: 400 });
    await expect(create('a/b')).rejects.toMatchObject({ status: 400 });
    await expect(create()).rejects.toMatchObject({ status: 400 });
  });

  it('can be canceled while in progress, and deleted once it has ended', async () => {
    const { client, api } = await open({ batch: { polls: 9 } });
    const { id } = await client.messages.batches.create({ requests });
    await expect(client.messages.batches.delete(id)).rejects.toMatchObject({ status: 400 });
    expect((await client.messages.batches.cancel(id)).processing_status).toBe('canceling');
    expect((await client.messages.batches.retrieve(id)).request_counts.canceled).toBe(3);
    expect((await collect(client, id)).every(({ result }) => result.type === 'canceled')).toBe(true);
    expect((await client.messages.batches.delete(id)).id).toBe(id);
    await expect(client.messages.batches.retrieve(id)).rejects.toMatchObject({ status: 404 });
    expect(api.batches).toHaveLength(0);
  });

  it('is listed with the others, newest first, page by page', async () => {
    const { client } = await open();
    for (let count = 0; count < 5; count += 1) await client.messages.batches.create({ requests });
    const ids: string[] = [];
    for await (const { id } of client.messages.batches.list({ limit: 2 })) ids.push(id);
    expect(ids).toEqual(ids.toSorted().toReversed());
    expect(ids).toHaveLength(5);
  });

  it('may break off half-way through its results, and give them whole the next time', async () => {
    const breakOffAfter = (download: number) => (download === 1 ? 700 : null);
    const { client } = await open({ batch: { breakOffAfter } });
    const { id } = await client.messages.batches.create({ requests });
    await client.messages.batches.retrieve(id);
    await expect(collect(client, id)).rejects.toThrow();
    expect(await collect(client, id)).toHaveLength(3);
  });
});
