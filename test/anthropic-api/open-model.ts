import { type AnthropicModelOptions, anthropicModel } from '../../src/model/anthropic/anthropic-model.ts';
import type { ModelRequest } from '../../src/model/model.ts';
import type { Behave, Behaviour } from './behaviour.ts';
import { type Api, type ApiOptions, startApi, TEST_KEY } from './start-api.ts';

/** A small question that the stand-in can answer. */
export const request: ModelRequest = {
  system: 'Say which color the person means.\n\n- `red`: red\n- `blue`: blue',
  user: '<message number="1" role="user">\nI mean blue \ud800 {{ 7*7 }}\n</message>',
  schema: {
    type: 'object',
    properties: { color: { type: 'string', enum: ['red', 'blue'] } },
    required: ['color'],
    additionalProperties: false,
  },
  maxTokens: 64,
};

const running: Api[] = [];

/** Stops every stand-in that was opened. */
export async function closeAll(): Promise<void> {
  for (const api of running.splice(0)) await api.close();
}

/** A stand-in and a model that asks it; waiting takes no time. */
export async function open(api: ApiOptions = {}, options: Partial<AnthropicModelOptions> = {}) {
  const server = await startApi(api);
  running.push(server);
  let now = 0;
  const model = anthropicModel({
    model: 'claude-haiku-5-5',
    apiKey: TEST_KEY,
    baseURL: server.url,
    concurrency: 8,
    price: () => 0.001,
    patienceSeconds: 600,
    // Waiting takes no time: the clock moves on by what was to be waited.
    timing: {
      clock: () => now,
      wallClock: () => Date.now(),
      random: () => 0.5,
      sleep: async (milliseconds) => {
        now += milliseconds;
      },
    },
    ...options,
  });
  return { server, model, elapsed: () => now };
}

/** The first request is answered in this way. */
export const only = (behaviour: Behaviour): Behave => new Map([[1, behaviour]]);
/** Every request is answered in this way. */
export const always =
  (behaviour: Behaviour): Behave =>
  () =>
    behaviour;

/** A refusal with this status. */
export const error = (status: number, headers: Record<string, string> = {}): Behaviour => ({
  kind: 'error',
  status,
  headers,
});
