import type { Usage } from '../schema/run-record.ts';
import type { ModelPrice, Prices } from './price-schema.ts';

/** Tokens of one request. Input that was written to or read from the cache is not in `input_tokens`. */
export type UsageTokens = Omit<Usage, 'cost_usd'>;

/** US dollars for one request. */
export type PriceOf = (tokens: UsageTokens) => number;

/**
 * What requests to a model cost, or null where its price is unknown. A dated name such as
 * `claude-haiku-4-5-20251001` has the price of the name without its date.
 */
export function priceOf(prices: Prices, model: string, { batch }: { batch: boolean }): PriceOf | null {
  const price = [model, model.replace(/-\d{8}$/, '')]
    .filter((name) => Object.hasOwn(prices.models, name))
    .map((name) => prices.models[name])[0];
  return price === undefined ? null : (tokens) => costOf(tokens, price) * (batch ? prices.batch_factor : 1);
}

/**
 * US dollars for the tokens of one request at a model's price. The prompt's size, cached parts
 * included, decides which of the price's tiers holds for the whole request.
 *
 * @example a prompt of 2,000 tokens and an answer of 60 at 0.10 and 0.50 a million: 0.00023
 */
export function costOf(tokens: UsageTokens, price: ModelPrice): number {
  const prompt = tokens.input_tokens + tokens.cache_write_tokens + tokens.cache_read_tokens;
  const tiers = (price.over ?? []).toSorted((a, b) => a.prompt_tokens - b.prompt_tokens);
  const rates = tiers.findLast(({ prompt_tokens }) => prompt > prompt_tokens) ?? price;
  return (
    (tokens.input_tokens * rates.input +
      tokens.output_tokens * rates.output +
      tokens.cache_write_tokens * rates.cache_write_5m +
      tokens.cache_read_tokens * rates.cache_read) /
    1e6
  );
}
