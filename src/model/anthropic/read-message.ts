import Type from 'typebox';
import type { PriceOf, UsageTokens } from '../../cost/cost-of.ts';
import { fits } from '../../schema/check.ts';
import type { Usage } from '../../schema/run-record.ts';
import type { ModelReply } from '../model.ts';

const Count = Type.Integer({ minimum: 0 });
const MaybeCount = Type.Optional(Type.Union([Count, Type.Null()]));

/** The parts of an API message that are read; whatever else it has is passed over. */
const MessageParts = Type.Object({
  content: Type.Array(Type.Object({ type: Type.String(), text: Type.Optional(Type.String()) })),
  stop_reason: Type.Union([Type.String(), Type.Null()]),
  usage: Type.Object({
    input_tokens: Count,
    output_tokens: Count,
    cache_creation_input_tokens: MaybeCount,
    cache_read_input_tokens: MaybeCount,
  }),
});

const TokenCount = Type.Object({ input_tokens: Count });

export type MessageParts = Type.Static<typeof MessageParts>;
export type TokenCount = Type.Static<typeof TokenCount>;

/** Whether what came back is a message at all. */
export function isMessage(value: unknown): value is MessageParts {
  return fits(MessageParts, value);
}

/** Whether what came back is a count of tokens. */
export function isTokenCount(value: unknown): value is TokenCount {
  return fits(TokenCount, value);
}

/**
 * Reads a message, or the several that a turn with pauses came in: their texts joined, their usage added.
 *
 * @param price null where the model's price is unknown; the cost is then null too
 */
export function readMessage(turn: readonly MessageParts[], price: PriceOf | null): ModelReply {
  const text = turn
    .flatMap(({ content }) => content)
    .map((block) => (block.type === 'text' ? (block.text ?? '') : ''))
    .join('');
  const usage = addUsage(turn.map((message) => readUsage(message, price)));
  const stopReason = turn.at(-1)?.stop_reason ?? null;
  switch (stopReason) {
    case 'end_turn':
    case 'stop_sequence':
      return { kind: 'text', text, usage };
    case 'refusal':
      return { kind: 'refused', text, usage };
    case 'max_tokens':
      return { kind: 'invalid', reason: cutOff(text), text, usage };
    case 'model_context_window_exceeded':
      return { kind: 'invalid', reason: "the conversation exceeds the model's context window", text, usage };
    case 'pause_turn':
      return {
        kind: 'failed',
        reason: `the model paused ${turn.length} times without an answer (pause_turn)`,
      };
    default:
      return { kind: 'failed', reason: `the model stopped for a reason unknown here: ${stopReason}` };
  }
}

/** Tokens of one message, and their cost. */
export function readUsage({ usage }: Pick<MessageParts, 'usage'>, price: PriceOf | null): Usage {
  const tokens: UsageTokens = {
    input_tokens: usage.input_tokens,
    output_tokens: usage.output_tokens,
    cache_write_tokens: usage.cache_creation_input_tokens ?? 0,
    cache_read_tokens: usage.cache_read_input_tokens ?? 0,
  };
  return { ...tokens, cost_usd: price === null ? null : price(tokens) };
}

function addUsage(all: readonly Usage[]): Usage {
  const sum = (part: keyof UsageTokens) => all.reduce((total, usage) => total + usage[part], 0);
  return {
    input_tokens: sum('input_tokens'),
    output_tokens: sum('output_tokens'),
    cache_write_tokens: sum('cache_write_tokens'),
    cache_read_tokens: sum('cache_read_tokens'),
    cost_usd: all.reduce<number | null>(
      (total, { cost_usd }) => (total === null || cost_usd === null ? null : total + cost_usd),
      0,
    ),
  };
}

function cutOff(text: string): string {
  return text === ''
    ? 'the token limit was reached before any text: thinking counts toward max_tokens'
    : 'the answer was cut off by its token limit (max_tokens)';
}
