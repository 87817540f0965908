import { createInterface } from 'node:readline/promises';
import type { PriceOf } from '../cost/cost-of.ts';
import { type CountedRequest, type Estimate, estimateCost } from '../cost/estimate.ts';
import { IncompleteRunError } from '../errors/errors.ts';
import type { AnthropicModel } from '../model/anthropic/anthropic-model.ts';
import type { ModelRequest } from '../model/model.ts';
import { requestCharacters } from '../plan/request-characters.ts';
import { plural } from '../score/metric-text.ts';
import type { Terminal } from './terminal.ts';

/** Requests whose tokens the API counts, free of charge; the rest is estimated from these. */
export const COUNTED = 12;
/** Tokens of the shortest answer. */
export const SHORTEST_ANSWER = 15;

/**
 * What asking the missing requests will cost, from a sample that the API counts. Evenly spread over the
 * requests, so that long and short conversations are both in it.
 */
export async function forecast(
  requests: readonly ModelRequest[],
  model: AnthropicModel,
  price: PriceOf | null,
  signal: AbortSignal,
): Promise<Estimate> {
  const step = Math.max(1, Math.floor(requests.length / COUNTED));
  const chosen = requests.filter((_request, index) => index % step === 0).slice(0, COUNTED);
  const sample = await countTokens(chosen, model, signal);
  const [first] = requests;
  const longest = Math.max(0, ...requests.map(({ maxTokens }) => maxTokens));
  return estimateCost({
    sample,
    sizes: requests.map((request) => ({ characters: requestCharacters(request), count: 1 })),
    output: { low: SHORTEST_ANSWER, high: longest },
    cachedCharacters: first?.system.length ?? null,
    price,
  });
}

/** Requests with their tokens, as the API counts them. */
export function countTokens(
  requests: readonly ModelRequest[],
  model: AnthropicModel,
  signal: AbortSignal,
): Promise<CountedRequest[]> {
  return Promise.all(
    requests.map(async (request) => ({
      tokens: await model.countTokens(request, signal),
      characters: requestCharacters(request),
    })),
  );
}

/** `568 requests, 1,204,551 to 1,310,020 tokens in, US$0.12 to 0.94`. */
export function describeForecast({ requests, inputTokens, usd }: Estimate): string {
  const tokens = `${count(inputTokens.low)} to ${count(inputTokens.high)} tokens in`;
  const cost = usd === null ? 'cost unknown' : `US$${usd.low.toFixed(2)} to ${usd.high.toFixed(2)}`;
  return `${plural(requests, 'request')}, ${tokens}, ${cost}`;
}

/**
 * Asks before more is spent than the user said may go without asking. Off a terminal nobody can be asked, and
 * the run goes on: `--max-usd` is the guard there.
 *
 * @throws IncompleteRunError where the answer is no
 */
export async function confirmCost(
  estimate: Estimate,
  confirmAbove: number,
  terminal: Terminal,
): Promise<void> {
  if (estimate.usd === null || estimate.usd.high <= confirmAbove) return;
  if (!terminal.isInteractive || process.stdin.isTTY !== true) return;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await reader.question(
      `This may cost up to US$${estimate.usd.high.toFixed(2)}. Go on? [y/N] `,
    );
    if (/^y(es)?$/i.test(answer.trim())) return;
  } finally {
    reader.close();
  }
  throw new IncompleteRunError(
    'Nothing was asked.',
    'Narrow it with --limit or --filter, or raise --confirm-above.',
  );
}

function count(tokens: number): string {
  return Math.round(tokens).toLocaleString('en');
}
