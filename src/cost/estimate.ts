import type { PriceOf } from './cost-of.ts';

/** One request whose input tokens were counted by the API. */
interface CountedRequest {
  tokens: number;
  characters: number;
}

export interface EstimateInput {
  /** A random sample of the missing requests. */
  sample: readonly CountedRequest[];
  /** Characters of every missing request, the sampled ones included. */
  characters: readonly number[];
  /** Output tokens of one request: the shortest answer, and `max_tokens`. */
  output: Range;
  /** Characters at the start of every request that the prompt cache may hold; null without a cache. */
  cachedCharacters: number | null;
  price: PriceOf | null;
}

interface Range {
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
 * once and then read. High: its upper end, the longest answers and no cache hit at all.
 *
 * A sample of none leaves the bounds of text: a sixth of a token and three tokens a character.
 */
export function estimateCost(input: EstimateInput): Estimate {
  const { characters, output, price } = input;
  const ratio = tokensPerCharacter(input.sample, characters.length);
  const totals = (rate: number) => characters.map((each) => Math.ceil(each * rate));
  const low = totals(ratio.low);
  const high = totals(ratio.high);
  const prefix = input.cachedCharacters === null ? 0 : Math.floor(input.cachedCharacters * ratio.low);
  return {
    requests: characters.length,
    inputTokens: { low: sum(low), high: sum(high) },
    usd:
      price === null
        ? null
        : { low: lowUsd(low, output.low, prefix, price), high: highUsd(high, output.high, price) },
  };
}

function lowUsd(inputs: readonly number[], output: number, prefix: number, price: PriceOf): number {
  return sum(
    inputs.map((tokens, index) => {
      const cached = Math.min(prefix, tokens);
      const written = index === 0 ? cached : 0;
      return price({
        input_tokens: tokens - cached,
        output_tokens: output,
        cache_write_tokens: written,
        cache_read_tokens: cached - written,
      });
    }),
  );
}

function highUsd(inputs: readonly number[], output: number, price: PriceOf): number {
  const usage = { output_tokens: output, cache_write_tokens: 0, cache_read_tokens: 0 };
  return sum(inputs.map((tokens) => price({ ...usage, input_tokens: tokens })));
}

function tokensPerCharacter(sample: readonly CountedRequest[], population: number): Range {
  const characters = sum(sample.map((each) => each.characters));
  if (characters === 0) return { low: 1 / 6, high: 3 };
  const ratio = sum(sample.map((each) => each.tokens)) / characters;
  const n = sample.length;
  if (n >= population) return { low: ratio, high: ratio };
  if (n === 1) return { low: ratio * 0.7, high: ratio * 1.5 };
  const residuals = sample.map((each) => (each.tokens - ratio * each.characters) ** 2);
  const variance = sum(residuals) / (n - 1);
  const error = (1.96 * Math.sqrt(((1 - n / population) / n) * variance)) / (characters / n);
  return { low: Math.max(0, ratio - error), high: ratio + error };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
