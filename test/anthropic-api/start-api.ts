import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type AnswerText, answerMessage, embeddedAnswer } from './answer-message.ts';
import { ApiError } from './api-error.ts';
import { type Batch, type BatchBehaviour, batchDesk } from './batches.ts';
import { type Behave, type Behaviour, behaviourFor, type RecordedRequest } from './behaviour.ts';
import { checkBatch, checkCount, checkHeaders, checkMessage } from './check-request.ts';
import { type Delivery, deliver } from './deliver.ts';
import { promptCache } from './prompt-cache.ts';
import { type RateLimit, rateLimiter } from './rate-limit.ts';
import { countPrompt } from './tokens.ts';

export const TEST_KEY = 'sk-ant-test-0123456789abcdef';

export interface ApiOptions {
  /** 0 takes any that is free. */
  port?: number;
  key?: string;
  /** Milliseconds from a request to its answer. */
  latency?: number;
  behave?: Behave;
  rateLimit?: RateLimit;
  /** Fewest tokens that the prompt cache takes. */
  cacheFloor?: number;
  answer?: AnswerText;
  batch?: Partial<BatchBehaviour>;
  /** Whether requests are kept; a long run has no need of them. */
  record?: boolean;
}

/** A stand-in for the Claude API that is running on loopback. */
export interface Api {
  url: string;
  /** Every request so far, in the order of arrival. */
  requests: readonly RecordedRequest[];
  /** Newest first. */
  batches: readonly Batch[];
  close(): Promise<void>;
}

/** Starts a server that speaks the API's wire format, and misbehaves as it is told to. */
export async function startApi(options: ApiOptions = {}): Promise<Api> {
  const { key = TEST_KEY, latency = 0, answer = embeddedAnswer, record = true } = options;
  const now = () => performance.now();
  const cache = promptCache(options.cacheFloor ?? 1024, now);
  const limiter = options.rateLimit === undefined ? null : rateLimiter(options.rateLimit, now);
  const requests: RecordedRequest[] = [];
  const numbers = { messages: 0, count_tokens: 0, batches: 0 };
  let serial = 0;
  const batchBehaviour: BatchBehaviour = {
    polls: 0,
    outcome: () => 'succeeded',
    order: (results) => results.toReversed(),
    breakOffAfter: () => null,
    ...options.batch,
  };
  const desk = batchDesk(
    batchBehaviour,
    (body) => answerMessage(body, newId('msg'), { written: 0, read: 0, ready: () => {} }, answer, undefined),
    () => url,
  );
  const newId = (kind: string) => `${kind}_${String(++serial).padStart(8, '0')}`;

  /** What to send, and after how long. */
  function respond(request: RecordedRequest, raw: IncomingMessage, behaviour: Behaviour | undefined) {
    checkHeaders(singleHeaders(raw), key);
    if (behaviour?.kind === 'error')
      throw new ApiError(behaviour.status, behaviour.message ?? 'told to fail', behaviour.headers);
    if (behaviour?.kind === 'reset' && behaviour.when === 'before') return json(null);
    if (request.endpoint === 'batches') return batchResponse(request);
    if (request.endpoint === 'count_tokens')
      return json({ input_tokens: countPrompt(checkCount(request.body)) });
    limiter?.take();
    const body = checkMessage(request.body);
    const use = cache.use(body);
    const message = answerMessage(body, newId('msg'), use, answer, behaviour);
    const { input_tokens: input, output_tokens: output } = message.usage;
    request.usage = { input, output, written: use.written, read: use.read };
    return { ...json(message), begin: use.ready };
  }

  function batchResponse({ method, path, body }: RecordedRequest): Delivery {
    const { pathname, searchParams } = new URL(path, 'http://localhost');
    const [id, action] = pathname.split('/').slice(4);
    if (id === undefined)
      return json(method === 'POST' ? desk.create(checkBatch(body)) : desk.list(searchParams));
    if (method === 'POST' && action === 'cancel') return json(desk.cancel(id));
    if (method === 'DELETE' && action === undefined) return json(desk.remove(id));
    if (method === 'GET' && action === undefined) return json(desk.retrieve(id));
    if (method !== 'GET' || action !== 'results') throw new ApiError(404, 'Not found');
    const { text, breakOffAfter } = desk.results(id);
    return { status: 200, headers: { 'content-type': 'application/x-jsonl' }, text, breakOffAfter };
  }

  async function serve(raw: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = now();
    const text = await readAll(raw);
    const endpoint = endpointOf(raw.url ?? '');
    if (endpoint === null)
      return void deliver(response, errorDelivery(new ApiError(404, 'Not found')), undefined);
    numbers[endpoint] += 1;
    const { authorization: _, 'x-api-key': __, ...headers } = singleHeaders(raw);
    const request: RecordedRequest = {
      endpoint,
      method: raw.method ?? '',
      path: raw.url ?? '',
      number: numbers[endpoint],
      headers,
      text,
      body: null,
      at,
      status: null,
      usage: null,
    };
    if (record) requests.push(request);
    let behaviour: Behaviour | undefined;
    let delivery: Delivery & { begin?: () => void };
    let wait = latency;
    try {
      request.body = text === '' ? null : parse(text);
      behaviour = behaviourFor(options.behave, request);
      delivery = respond(request, raw, behaviour);
      if (behaviour?.kind === 'slow') wait += behaviour.milliseconds;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      delivery = errorDelivery(error);
      if (error.status === 429) wait = 0;
    }
    const rest = wait - (now() - at);
    if (rest > 0) await delay(rest);
    delivery.begin?.();
    request.status = deliver(response, delivery, delivery.status === 200 ? behaviour : undefined);
  }

  const errorDelivery = (error: ApiError): Delivery => {
    return {
      ...json(error.body(newId('req'))),
      status: error.status,
      headers: { ...JSON_TYPE, ...error.headers },
    };
  };
  const server = createServer((raw, response) => {
    serve(raw, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  server.keepAliveTimeout = 30_000;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    batches: desk.batches,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };

function json(value: unknown): Delivery {
  return { status: 200, headers: JSON_TYPE, text: JSON.stringify(value), breakOffAfter: null };
}

function endpointOf(url: string): RecordedRequest['endpoint'] | null {
  const path = url.split('?')[0] ?? '';
  if (path === '/v1/messages') return 'messages';
  if (path === '/v1/messages/count_tokens') return 'count_tokens';
  return /^\/v1\/messages\/batches(\/[\w-]+(\/(results|cancel))?)?$/.test(path) ? 'batches' : null;
}

function singleHeaders(raw: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(raw.headers).map(([name, value]) => [name, value?.toString()]));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 'The request body is not valid JSON');
  }
}

async function readAll(raw: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of raw) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
