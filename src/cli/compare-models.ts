import path from 'node:path';
import { type Budget, openBudget } from '../cost/budget.ts';
import { type PriceOf, priceOf } from '../cost/cost-of.ts';
import { loadPrices } from '../cost/load-prices.ts';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { anthropicModel } from '../model/anthropic/anthropic-model.ts';
import { readApiKey } from '../model/anthropic/api-key.ts';
import { type ModelChoice, modelIdOf, readModelChoice, spellingNotice } from '../model/model-choice.ts';
import { type OpenModel, openModel } from '../model/open-model.ts';
import { replayModel } from '../model/replay-model.ts';
import type { Project } from '../project/project.ts';
import { replayedChoice } from '../project/recorded-models.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import type { CompareOptions } from './compare.ts';
import { requireBatchModel } from './run-batches.ts';
import type { Terminal } from './terminal.ts';

type Askable = Exclude<ModelChoice, { kind: 'replay' }>;

/** A model of the matrix that can be asked. */
export interface ComparedModel {
  choice: Askable;
  opened: OpenModel;
  /** Whether only recorded answers count. */
  isReplay: boolean;
}

/**
 * Opens every model that is named. What they may spend is one sum for all.
 *
 * @returns those that can be asked, and every problem of the others
 */
export async function openModels(
  options: CompareOptions,
  project: Project,
  terminal: Terminal,
): Promise<{ models: ComparedModel[]; problems: Problem[] }> {
  const models: ComparedModel[] = [];
  const problems: Problem[] = [];
  const open = opener(options, project, terminal);
  for (const text of options.model) {
    try {
      const model = await open(text);
      const id = modelIdOf(model.choice);
      if (models.some(({ choice }) => modelIdOf(choice) === id)) {
        const mend = 'Leave it out once, or name another model';
        problems.push({ file: '--model', line: null, id: null, what: `${id} is given twice`, mend });
      } else models.push(model);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (options.batch === true && problems.length === 0) {
    const [first] = models;
    const batched = models.find(({ choice, isReplay }) => choice.kind === 'anthropic' && !isReplay);
    if (first !== undefined && batched === undefined) problems.push(...batchProblems(first));
  }
  return { models, problems };
}

function batchProblems({ choice }: ComparedModel): readonly Problem[] {
  try {
    requireBatchModel(choice);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems;
  }
}

function opener(
  { batch = false, concurrency, maxUsd, patience, prices }: CompareOptions,
  project: Project,
  terminal: Terminal,
): (text: string) => Promise<ComparedModel> {
  const pricesFile = prices === undefined ? null : path.resolve(terminal.cwd, prices);
  const onNotice = (text: string) => terminal.err(`${safeText(text)}\n`);
  let shared: Budget | null = null;
  /** Throws where the price is unknown, whichever model came first. */
  const budgetFor = (name: string, price: PriceOf | null): Budget | null => {
    if (maxUsd === undefined) return null;
    const own = openBudget(maxUsd, name, price);
    shared ??= own;
    return shared;
  };
  const openAnthropic = (name: string): OpenModel => {
    const apiKey = readApiKey(terminal.env, project.root);
    const price = priceOf(loadPrices(project.state, pricesFile), name, { batch });
    const budget = budgetFor(name, price);
    const notice = spellingNotice({ kind: 'anthropic', name });
    if (notice !== null) onNotice(notice);
    if (price === null) onNotice(`the price of ${name} is not known, so no cost can be given`);
    const pacing = { concurrency, patienceSeconds: patience, onNotice };
    return { paid: true, price, model: anthropicModel({ ...pacing, model: name, apiKey, price, budget }) };
  };
  return async (text) => {
    const given = readModelChoice(text);
    if (given.kind === 'replay') {
      const choice = replayedChoice(given, project);
      return { choice, opened: { paid: false, model: replayModel(choice) }, isReplay: true };
    }
    if (given.kind === 'anthropic')
      return { choice: given, opened: openAnthropic(given.name), isReplay: false };
    const unlimited = { maxUsd: null, pricesFile, patienceSeconds: patience };
    const opened = await openModel(given, project, {
      ...unlimited,
      env: terminal.env,
      concurrency,
      batch,
      onNotice,
    });
    return { choice: given, opened, isReplay: false };
  };
}
