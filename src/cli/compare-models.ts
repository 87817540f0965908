import { openBudget } from '../cost/budget.ts';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { type ModelChoice, modelIdOf, readModelChoice } from '../model/model-choice.ts';
import { type OpenModel, openModel } from '../model/open-model.ts';
import { replayModel } from '../model/replay-model.ts';
import type { Project } from '../project/project.ts';
import { replayedChoice } from '../project/recorded-models.ts';
import { type AskingOptions, openingBy } from './asking-options.ts';
import { unopened } from './dry-run.ts';
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

interface OpeningOptions extends AskingOptions {
  model: string[];
  dryRun?: boolean;
}

/**
 * Opens every model that is named. What they may spend is one sum for all.
 *
 * @returns those that can be asked, and every problem of the others
 */
export async function openModels(
  options: OpeningOptions,
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
  options: OpeningOptions,
  project: Project,
  terminal: Terminal,
): (text: string) => Promise<ComparedModel> {
  const { maxUsd } = options;
  const budget = maxUsd === undefined ? undefined : openBudget(maxUsd);
  return async (text) => {
    const given = readModelChoice(text);
    if (given.kind === 'replay') {
      const choice = replayedChoice(given, project);
      return { choice, opened: { paid: false, model: replayModel(choice) }, isReplay: true };
    }
    if (options.dryRun === true && given.kind === 'anthropic')
      return { choice: given, opened: unopened(given), isReplay: false };
    const opened = await openModel(given, project, {
      ...openingBy(options, terminal),
      ...(budget !== undefined && { budget }),
    });
    return { choice: given, opened, isReplay: false };
  };
}
