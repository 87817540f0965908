import { estimateCost, type RequestsOfSize } from '../cost/estimate.ts';
import type { ModelRequest } from '../model/model.ts';
import type { OpenModel } from '../model/open-model.ts';
import { requestCharacters } from '../plan/request-characters.ts';
import { seededRandom } from '../statistics/random.ts';
import { reservoir } from '../statistics/reservoir.ts';
import { COUNTED, confirmCost, countTokens, describeForecast, SHORTEST_ANSWER } from './cost.ts';
import { interruptible } from './interrupt.ts';
import type { Terminal } from './terminal.ts';

const SEED = 1;

/**
 * Before the first paid call: what the lines of all kept conversations will cost, and, on a terminal, whether to go on.
 * Holds sizes only, not the requests. The names of groups, one request each, come on top.
 *
 * @param missing requests that no store has an answer to
 * @throws IncompleteRunError where the answer is no
 */
export async function announceLines(
  missing: AsyncIterable<ModelRequest>,
  { model, price }: Extract<OpenModel, { paid: true }>,
  confirmAbove: number,
  terminal: Terminal,
): Promise<void> {
  const counted = reservoir<ModelRequest>(COUNTED, seededRandom(SEED));
  const sizes: RequestsOfSize[] = [];
  for await (const request of missing) {
    sizes.push({ characters: requestCharacters(request), count: 1 });
    counted.offer(() => request);
  }
  const chosen = counted.drawn();
  const [first] = chosen;
  if (first === undefined) return;
  const sample = await interruptible(terminal, (signal) => countTokens(chosen, model, signal));
  const estimate = estimateCost({
    ...{ sample, sizes, price },
    output: { low: SHORTEST_ANSWER, high: first.maxTokens },
    cachedCharacters: first.system.length,
  });
  terminal.err(`${model.id}: ${describeForecast(estimate)}, and one request a group for its name\n`);
  await confirmCost(estimate, confirmAbove, terminal);
}
