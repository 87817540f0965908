import type Anthropic from '@anthropic-ai/sdk';
import type { Budget } from '../../cost/budget.ts';
import type { PriceOf } from '../../cost/cost-of.ts';
import { IncompleteRunError } from '../../errors/errors.ts';
import type { Model, ModelReply, ModelRequest } from '../model.ts';
import { type Failure, readFailure, unreadableAnswer } from './api-failure.ts';
import { answerTimeoutMs, openClient } from './client.ts';
import { withDeadline } from './deadline.ts';
import { messageParams } from './message-params.ts';
import { type Attempt, pacedSender } from './paced-sender.ts';
import {
  isMessage,
  isTokenCount,
  type MessageParts,
  readMessage,
  readUsage,
  type TokenCount,
} from './read-message.ts';
import { systemTiming, type Timing } from './timing.ts';
import { exhaustedForMs } from './wait-headers.ts';

export interface AnthropicModelOptions {
  /** The API's name for it, such as `claude-haiku-5-5`. */
  model: string;
  apiKey: string;
  /** Where the API is; else ANTHROPIC_BASE_URL, else Anthropic's own. */
  baseURL?: string;
  /** Requests under way at most; the pace finds what the account allows of it. */
  concurrency: number;
  /** Null where the price is unknown. */
  price: PriceOf | null;
  /** What the run may spend; null where that is not limited. Needs a price. */
  budget?: Budget | null;
  /** How long to go on asking while nothing is answered. */
  patienceSeconds: number;
  /** Told when the pace slows down, as a sentence without a full stop. */
  onNotice?: (text: string) => void;
  timing?: Timing;
  /** How long one whole answer may take; by default a minute and 50 ms a token of `maxTokens`. */
  timeoutMs?: number;
}

export interface AnthropicModel extends Model {
  /** Input tokens of a request, counted by the API; free of charge. Throws IncompleteRunError where it cannot. */
  countTokens(request: ModelRequest, signal: AbortSignal): Promise<number>;
}

type Params = Anthropic.Messages.MessageCreateParamsNonStreaming;
/** What the API said to one request: something, or that it will not take it. */
type Said<T> = { kind: 'answer'; value: T } | { kind: 'rejected'; reason: string };

/** Requests whose tokens are counted at once. */
const COUNTED_AT_ONCE = 12;
/** Tokens below which no model's prompt cache keeps a text; most models' floors are higher. */
const LOWEST_CACHE_FLOOR = 512;
/** How often a paused turn is taken up again. */
const MOST_PAUSES = 5;
/** Tokens that the API may add to what it is sent, such as its instructions for structured answers. */
const ADDED_TOKENS = 1000;

/**
 * A model of Anthropic's. It is asked as fast as the account allows, and again while the API is limited,
 * overloaded or out of reach.
 *
 * `ask` throws IncompleteRunError where the run cannot go on: the key is refused, nothing was answered
 * within the patience, the budget is used up. From then on it throws the same at once.
 */
export function anthropicModel(options: AnthropicModelOptions): AnthropicModel {
  const { model, apiKey, price, budget = null, onNotice = () => {}, timing = systemTiming } = options;
  const client = openClient(apiKey, options.baseURL);
  const pacing = { ...options, onNotice, timing };
  const messages = pacedSender(pacing);
  const counts = pacedSender({ ...pacing, concurrency: Math.min(options.concurrency, COUNTED_AT_ONCE) });

  /** One request over the wire. `worstUsd` is held back from the budget until its cost is known. */
  async function attempt<T>(
    exchange: Exchange<T>,
    worstUsd: number,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<Attempt<Said<T>>> {
    const reservation = await (budget?.reserve(worstUsd, signal) ?? null);
    let spentUsd = worstUsd;
    try {
      const { data, response } = await withDeadline(signal, timeoutMs, exchange.send);
      if (!exchange.isAnswer(data)) return again(unreadableAnswer('the API gave what is no answer'));
      spentUsd = exchange.costOf(data);
      const waitMs = exhaustedForMs(response.headers, timing.wallClock());
      return { kind: 'done', value: { kind: 'answer', value: data }, exhaustedForMs: waitMs };
    } catch (error) {
      signal.throwIfAborted();
      const context = { model, apiKey, baseURL: client.baseURL, now: timing.wallClock() };
      const failure = readFailure(error, context);
      if (failure.kind !== 'again' || !failure.maybePaid) spentUsd = 0;
      return again(failure);
    } finally {
      reservation?.settle(spentUsd);
    }
  }

  async function take(
    group: string | null,
    params: Params,
    signal: AbortSignal,
  ): Promise<Said<MessageParts> | { kind: 'gave-up'; what: string }> {
    const exchange: Exchange<MessageParts> = {
      send: (abort) => client.messages.create(params, { signal: abort }).withResponse(),
      isAnswer: isMessage,
      costOf: (message) => readUsage(message, price).cost_usd ?? 0,
    };
    const worstUsd = budget === null || price === null ? 0 : price(worstUsage(params));
    const timeoutMs = options.timeoutMs ?? answerTimeoutMs(params.max_tokens);
    const sent = await messages.send(group, () => attempt(exchange, worstUsd, timeoutMs, signal), signal);
    return sent.kind === 'done' ? sent.value : sent;
  }

  return {
    id: `anthropic:${model}`,
    revision: null,
    ask: async (request, signal): Promise<ModelReply> => {
      const params = messageParams(request, model);
      const turn: MessageParts[] = [];
      for (;;) {
        const said = await take(cacheGroup(request), continued(params, turn), signal);
        if (said.kind === 'gave-up') return { kind: 'failed', reason: said.what };
        if (said.kind === 'rejected') return { kind: 'failed', reason: said.reason };
        turn.push(said.value);
        if (said.value.stop_reason !== 'pause_turn' || turn.length > MOST_PAUSES)
          return readMessage(turn, price);
      }
    },
    countTokens: async (request, signal) => {
      const { max_tokens: _, ...params } = messageParams(request, model);
      const exchange: Exchange<TokenCount> = {
        send: (abort) => client.messages.countTokens(params, { signal: abort }).withResponse(),
        isAnswer: isTokenCount,
        costOf: () => 0,
      };
      const timeoutMs = options.timeoutMs ?? answerTimeoutMs(0);
      const sent = await counts.send(null, () => attempt(exchange, 0, timeoutMs, signal), signal);
      if (sent.kind === 'done' && sent.value.kind === 'answer') return sent.value.value.input_tokens;
      const why =
        sent.kind === 'gave-up' ? sent.what : sent.value.kind === 'rejected' ? sent.value.reason : '';
      throw new IncompleteRunError(
        `tokens could not be counted: ${why}`,
        'Run the same command again later.',
      );
    },
  };
}

/**
 * Requests that share a cached text. A token is a byte at least, so that a shorter text is in no cache and
 * its first request need not go alone to write it.
 */
function cacheGroup({ system }: ModelRequest): string | null {
  return Buffer.byteLength(system) < LOWEST_CACHE_FLOOR ? null : system;
}

/** One kind of request: how it is sent, what its answer is like, and what that cost. */
interface Exchange<T> {
  send: (signal: AbortSignal) => Promise<{ data: unknown; response: Response }>;
  isAnswer: (data: unknown) => data is T;
  costOf: (data: T) => number;
}

function again<T>(failure: Failure): Attempt<Said<T>> {
  switch (failure.kind) {
    case 'fatal':
      throw new IncompleteRunError(failure.what, failure.mend);
    case 'rejected':
      return { kind: 'done', value: failure, exhaustedForMs: 0 };
    case 'again':
      return failure;
  }
}

/** A paused turn goes on where what it gave so far is sent back. */
function continued(params: Params, turn: readonly MessageParts[]): Params {
  const content = turn.flatMap((message) => message.content) as Anthropic.Messages.ContentBlockParam[];
  return content.length === 0
    ? params
    : { ...params, messages: [...params.messages, { role: 'assistant', content }] };
}

/** More than a request can use: a token is a byte at least, every one is written to the cache, the answer is full. */
function worstUsage(params: Params) {
  return {
    input_tokens: 0,
    output_tokens: params.max_tokens,
    cache_write_tokens: Buffer.byteLength(JSON.stringify(params)) + ADDED_TOKENS,
    cache_read_tokens: 0,
  };
}
