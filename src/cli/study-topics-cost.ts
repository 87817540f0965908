import { estimateCost, type RequestsOfSize } from '../cost/estimate.ts';
import type { ModelRequest } from '../model/model.ts';
import type { OpenModel } from '../model/open-model.ts';
import { requestCharacters } from '../plan/request-characters.ts';
import { seededRandom } from '../statistics/random.ts';
import { confirmCost, describeForecast, SHORTEST_ANSWER } from './cost.ts';
import { interruptible } from './interrupt.ts';
import type { Terminal } from './terminal.ts';

/** Requests whose tokens the API counts, free of charge. */
const COUNTED = 12;
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
  const random = seededRandom(SEED);
  const chosen: ModelRequest[] = [];
  const sizes: RequestsOfSize[] = [];
  for await (const request of missing) {
    sizes.push({ characters: requestCharacters(request), count: 1 });
    // Algorithm R: every request is among the chosen ones with equal probability.
    const place = chosen.length < COUNTED ? chosen.length : Math.floor(random() * sizes.length);
    if (place < COUNTED) chosen[place] = request;
  }
  const [first] = chosen;
  if (first === undefined) return;
  const sample = await interruptible(terminal, (signal) =>
    Promise.all(
      chosen.map(async (request) => ({
        tokens: await model.countTokens(request, signal),
        characters: requestCharacters(request),
      })),
    ),
  );
  const estimate = estimateCost({
    ...{ sample, sizes, price },
    output: { low: SHORTEST_ANSWER, high: first.maxTokens },
    cachedCharacters: first.system.length,
  });
  terminal.err(`${model.id}: ${describeForecast(estimate)}, and one request a group for its name\n`);
  await confirmCost(estimate, confirmAbove, terminal);
}
