import { type Budget, openBudget, requirePrice } from '../cost/budget.ts';
import { type PriceOf, priceOf } from '../cost/cost-of.ts';
import { loadPrices } from '../cost/load-prices.ts';
import type { Project } from '../project/project.ts';
import { type AnthropicModel, anthropicModel } from './anthropic/anthropic-model.ts';
import { readApiKey } from './anthropic/api-key.ts';
import { embeddedModel } from './embedded-model.ts';
import type { Model } from './model.ts';
import { type ModelChoice, spellingNotice } from './model-choice.ts';
import { promptfooModel } from './promptfoo-model.ts';

export interface ModelOptions {
  env: Readonly<Record<string, string | undefined>>;
  concurrency: number;
  /** Whether what is asked goes out in batches, at their price. */
  batch: boolean;
  /** Dollars that may be spent; null for no limit. */
  maxUsd: number | null;
  /** What it shares with other models; one of its own, of `maxUsd`, where absent. */
  budget?: Budget;
  /** A file of prices; null for the project's own or the shipped ones. */
  pricesFile: string | null;
  /** How long to go on while the API answers nothing. */
  patienceSeconds: number;
  onNotice: (text: string) => void;
}

/** A model that can be asked; one that costs money knows its price and can count tokens. */
export type OpenModel =
  | { paid: false; model: Model }
  | { paid: true; model: AnthropicModel; price: PriceOf | null };

/**
 * Opens the model that was chosen.
 *
 * @throws InputError without a key, with a `--max-usd` that no price can keep, or for an unknown provider
 */
export async function openModel(
  choice: Exclude<ModelChoice, { kind: 'replay' }>,
  project: Project,
  options: ModelOptions,
): Promise<OpenModel> {
  if (choice.kind === 'embedded') return { paid: false, model: embeddedModel() };
  if (choice.kind === 'promptfoo')
    return { paid: false, model: await promptfooModel(choice.provider, project.promptfoo) };
  const apiKey = readApiKey(options.env, project.root);
  const price = priceOf(loadPrices(project.state, options.pricesFile), choice.name, { batch: options.batch });
  const notice = spellingNotice(choice);
  if (notice !== null) options.onNotice(notice);
  if (price === null) options.onNotice(`the price of ${choice.name} is not known, so no cost can be given`);
  const { maxUsd } = options;
  if (maxUsd !== null) requirePrice(choice.name, price);
  const budget = options.budget ?? (maxUsd === null ? null : openBudget(maxUsd));
  const { concurrency, patienceSeconds, onNotice } = options;
  const model = anthropicModel({
    model: choice.name,
    apiKey,
    concurrency,
    price,
    budget,
    patienceSeconds,
    onNotice,
  });
  return { paid: true, model, price };
}
