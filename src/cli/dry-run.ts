import { missingQuestions } from '../ask/ask.ts';
import { type PriceOf, priceOf } from '../cost/cost-of.ts';
import { type Estimate, estimateCost } from '../cost/estimate.ts';
import { loadPrices } from '../cost/load-prices.ts';
import { largestAnswer } from '../lint/largest-answer.ts';
import { aboutTokens, tokensOfModel } from '../lint/model-tokens.ts';
import type { ModelRequest } from '../model/model.ts';
import { type ModelChoice, modelIdOf } from '../model/model-choice.ts';
import type { OpenModel } from '../model/open-model.ts';
import { requestCharacters } from '../plan/request-characters.ts';
import type { SuiteWork } from '../project/load-work.ts';
import type { Project } from '../project/project.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { plural } from '../score/metric-text.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import type { AskingOptions } from './asking-options.ts';
import { describeForecast } from './cost.ts';
import type { Terminal } from './terminal.ts';

/** A prompt's questions to one model. */
export interface Unasked {
  /** Put before the figures. */
  what: string;
  choice: Exclude<ModelChoice, { kind: 'replay' }>;
  /** Only what its answers are stored under is read of it. */
  opened: OpenModel;
  work: Pick<SuiteWork, 'suite' | 'cases'>;
  repeats: number;
}

/** By how much a count of tokens that is worked out offline may be off, either way. */
const OFF = 0.2;

/**
 * Says what would be asked, and what that would cost, without a key: tokens are worked out from the length of the
 * texts. What is recorded is not counted.
 */
export function tellUnasked(
  planned: readonly Unasked[],
  { batch, prices }: Pick<AskingOptions, 'batch' | 'prices'>,
  project: Project,
  { out }: Pick<Terminal, 'out'>,
): void {
  const store = sqliteStore(project.store);
  const known = loadPrices(project.state, prices ?? null);
  try {
    for (const { what, choice, opened, work, repeats } of planned) {
      const missing = missingQuestions(work.cases, { model: opened.model, repeats, store });
      const requests = missing.map((question) => question.case.request);
      if (choice.kind === 'anthropic' && requests.length > 0) {
        const price = priceOf(known, choice.name, { batch: batch === true });
        const answer = largestAnswer(work.suite.task);
        const estimate = estimateOffline(requests, { name: choice.name, price, answer });
        out(`${safeText(what)}, estimated offline: ${describeForecast(estimate)}\n`);
      } else {
        const cost = choice.kind === 'promptfoo' && requests.length > 0 ? 'cost unknown' : 'free';
        out(`${safeText(what)}: ${plural(requests.length, 'request')}, ${cost}\n`);
      }
    }
  } finally {
    store.close();
  }
}

/** What requests, one at least, take of a model by the length of their texts. */
function estimateOffline(
  requests: readonly ModelRequest[],
  { name, price, answer }: { name: string; price: PriceOf | null; answer: string },
): Estimate {
  const facts = tokensOfModel(name);
  const systems = new Map(requests.map(({ system, schema }) => [system, system + JSON.stringify(schema)]));
  const fixed = new Map([...systems].map(([system, text]) => [system, aboutTokens(text, facts)]));
  let tokens = 0;
  let characters = 0;
  let longest = 0;
  for (const request of requests) {
    tokens += (fixed.get(request.system) ?? 0) + aboutTokens(request.user, facts);
    characters += requestCharacters(request);
    longest = Math.max(longest, request.maxTokens);
  }
  const rate = tokens / characters;
  const { system = '' } = requests[0] ?? {};
  const isCached = facts.cacheFloor === null || aboutTokens(system, facts) >= facts.cacheFloor;
  return estimateCost({
    sample: [],
    sizes: requests.map((request) => ({ characters: requestCharacters(request), count: 1 })),
    uncounted: { low: rate * (1 - OFF), high: rate * (1 + OFF) },
    output: { low: Math.min(aboutTokens(answer, facts), longest), high: longest },
    cachedCharacters: isCached ? system.length : null,
    price,
  });
}

/** A model that is not opened, for which no key is needed. */
export function unopened(choice: Unasked['choice']): OpenModel {
  const id = modelIdOf(choice);
  const ask = () => Promise.reject(new Error(`${id} is not asked in a dry run`));
  return { paid: false, model: { id, revision: null, ask } };
}
