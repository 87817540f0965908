import type { PriceOf } from './cost-of.ts';

/** One request whose input tokens were counted by the API. */
export interface CountedRequest {
  tokens: number;
  characters: number;
}

/** So many missing requests of so many characters each; a count that is foreseen need not be whole. */
export interface RequestsOfSize {
  characters: number;
  count: number;
}

export interface EstimateInput {
  /** A random sample of the missing requests. */
  sample: readonly CountedRequest[];
  /** Every missing request, the sampled ones included. */
  sizes: readonly RequestsOfSize[];
  /** Tokens of a character where the sample is empty; a sixth to three, the bounds of all text, where absent. */
  uncounted?: Range;
  /** Output tokens of one request: the shortest answer, and `max_tokens`. */
  output: Range;
  /** Characters at the start of every request that the prompt cache may hold; null without a cache. */
  cachedCharacters: number | null;
  price: PriceOf | null;
}

export interface Range {
  low: number;
  high: number;
}

export interface Estimate {
  requests: number;
  inputTokens: Range;
  /** Null where the model's price is unknown. */
  usd: Range | null;
}

/**
 * What asking the missing requests will cost. Input tokens: the ratio estimator of a total, characters
 * times sampled tokens per character, with its 95% interval (Cochran, Sampling Techniques, 1977, section
 * 6.4). Low: that interval's lower end, the shortest answers and, with a cache, a prefix that is written
 * once and then read. High: its upper end, the longest answers and, with a cache, a prefix that every
 * request writes, for requests under way together do not find each other's.
 *
 * A sample of none leaves `uncounted`.
 */
export function estimateCost(input: EstimateInput): Estimate {
  const { sizes, output, price } = input;
  const requests = sum(sizes.map(({ count }) => count));
  const ratio = tokensPerCharacter(input.sample, requests, input.uncounted ?? TEXT);
  const prefix = (rate: number) => Math.floor((input.cachedCharacters ?? 0) * rate);
  const totals = (rate: number) =>
    sizes.map(({ characters, count }) => ({ tokens: Math.ceil(characters * rate), count }));
  const low = totals(ratio.low);
  const high = totals(ratio.high);
  return {
    requests,
    inputTokens: { low: total(low), high: total(high) },
    usd:
      price === null
        ? null
        : {
            low: lowUsd(low, output.low, prefix(ratio.low), price),
            high: highUsd(high, output.high, prefix(ratio.high), price),
          },
  };
}

/** Tokens of a character of any text. */
const TEXT: Range = { low: 1 / 6, high: 3 };

interface Tokens {
  tokens: number;
  count: number;
}

function lowUsd(inputs: readonly Tokens[], output: number, prefix: number, price: PriceOf): number {
  const usd = (tokens: number, isFirst: boolean) => {
    const cached = Math.min(prefix, tokens);
    const written = isFirst ? cached : 0;
    return price({
      input_tokens: tokens - cached,
      output_tokens: output,
      cache_write_tokens: written,
      cache_read_tokens: cached - written,
    });
  };
  return sum(
    inputs.map(({ tokens, count }, index) => {
      const first = index === 0 ? Math.min(1, count) : 0;
      return first * usd(tokens, true) + (count - first) * usd(tokens, false);
    }),
  );
}

function highUsd(inputs: readonly Tokens[], output: number, prefix: number, price: PriceOf): number {
  return sum(
    inputs.map(({ tokens, count }) => {
      const usage = { output_tokens: output, cache_read_tokens: 0 };
      const written = Math.min(prefix, tokens);
      const sent = price({ ...usage, input_tokens: tokens, cache_write_tokens: 0 });
      const cached = price({ ...usage, input_tokens: tokens - written, cache_write_tokens: written });
      return count * Math.max(sent, cached);
    }),
  );
}

function tokensPerCharacter(sample: readonly CountedRequest[], population: number, uncounted: Range): Range {
  const characters = sum(sample.map((each) => each.characters));
  if (characters === 0) return uncounted;
  const ratio = sum(sample.map((each) => each.tokens)) / characters;
  const n = sample.length;
  if (n >= population) return { low: ratio, high: ratio };
  if (n === 1) return { low: ratio * 0.7, high: ratio * 1.5 };
  const residuals = sample.map((each) => (each.tokens - ratio * each.characters) ** 2);
  const variance = sum(residuals) / (n - 1);
  const error = (1.96 * Math.sqrt(((1 - n / population) / n) * variance)) / (characters / n);
  return { low: Math.max(0, ratio - error), high: ratio + error };
}

function total(inputs: readonly Tokens[]): number {
  return sum(inputs.map(({ tokens, count }) => tokens * count));
}

function sum(values: readonly number[]): number {
  return values.reduce((before, value) => before + value, 0);
}
