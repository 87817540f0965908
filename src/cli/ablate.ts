import type { SuiteAblation } from '../ablate/ablation.ts';
import { ruleParts } from '../ablate/rule-parts.ts';
import { EXIT, InputError } from '../errors/errors.ts';
import { modelIdOf, readModelChoice } from '../model/model-choice.ts';
import { type OpenModel, openModel } from '../model/open-model.ts';
import { loadWork } from '../project/load-work.ts';
import { findProject } from '../project/project.ts';
import { suiteOfRecord } from '../record/build-record.ts';
import { renderAblation, renderParts } from '../report/terminal/ablation.ts';
import { safeJson } from '../report/terminal/safe-text.ts';
import { plural } from '../score/metric-text.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import { type AblationAnswers, allQuestions, askAblations } from './ablate-ask.ts';
import { type AblationPlan, chooseParts, type PartsChoice, planAblation } from './ablate-plan.ts';
import { type AskingOptions, openingBy } from './asking-options.ts';
import { tellUnasked, type Unasked, unopened } from './dry-run.ts';
import { requireBatchModel } from './run-batches.ts';
import type { Terminal } from './terminal.ts';

export interface AblateOptions extends AskingOptions, PartsChoice {
  model: string;
  goldens?: string;
  prompt?: string;
  filter?: string[];
  limit?: number;
  /** Of the rulings, 0 … 1. */
  alpha: number;
  /** Only name the parts. */
  list?: boolean;
  /** Only say what would be asked. */
  dryRun?: boolean;
  json?: boolean;
}

/** `touchstone ablate`: takes each part of a prompt out in turn, and says which earn their tokens. */
export async function ablateCommand(
  names: string[],
  options: AblateOptions,
  terminal: Terminal,
): Promise<number> {
  const project = findProject(terminal.cwd);
  const choice = readModelChoice(options.model);
  if (choice.kind === 'replay') refuseReplay();
  if (options.batch === true) requireBatchModel(choice);
  const loaded = loadWork(project, {
    ...options,
    model: modelIdOf(choice),
    suites: names,
    cwd: terminal.cwd,
  });
  const chosen = chooseParts(loaded, options, terminal.cwd);
  if (options.list === true) {
    for (const { work, parts } of chosen)
      terminal.out(renderParts(work.suite.suite.name, work.prompt.path, parts, terminal));
    return EXIT.held;
  }
  const plans = chosen.map(planAblation);
  if (options.dryRun === true) {
    const opened =
      choice.kind === 'anthropic'
        ? unopened(choice)
        : await openModel(choice, project, openingBy(options, terminal));
    tellUnasked(
      plans.map((plan) => unaskedOf(plan, choice, opened)),
      options,
      project,
      terminal,
    );
    return EXIT.held;
  }
  const opened = await openModel(choice, project, openingBy(options, terminal));
  const store = sqliteStore(project.store);
  try {
    const answered = await askAblations(plans, { project, choice, opened, store, options, terminal });
    for (const each of answered) {
      const ablation = ablationOf(each, opened.model.id, options.alpha);
      if (options.json === true)
        terminal.out(`${safeJson({ touchstone: 'ablation', version: 1, ...ablation })}\n`);
      else terminal.out(renderAblation(ablation, terminal));
    }
  } finally {
    store.close();
  }
  return EXIT.held;
}

function unaskedOf(plan: AblationPlan, choice: Unasked['choice'], opened: OpenModel): Unasked {
  const { work, parts } = plan;
  return {
    what: `${work.prompt.path} without ${plural(parts.length, 'part')} in turn, with ${opened.model.id}`,
    ...{ choice, opened, work: allQuestions(plan), repeats: 1 },
  };
}

function ablationOf(
  { plan, runs, asked, spent, tokens, saved }: AblationAnswers,
  model: string,
  alpha: number,
): SuiteAblation {
  const { work, parts } = plan;
  const suite = suiteOfRecord(work.suite);
  const [whole = [], ...ablated] = runs;
  const ruled = ruleParts(
    suite,
    whole,
    parts.map(({ name, kind, lines }, index) => ({
      part: { name, kind, lines },
      tokens: saved[index] ?? 0,
      cases: ablated[index] ?? [],
    })),
    alpha,
  );
  const { filters, limit } = work.selection;
  const selected = [
    ...filters.map(({ by, value }) => `${by}:${value}`),
    ...(limit === null ? [] : [`first ${limit}`]),
  ];
  const answers = runs.flatMap((run) => run.flatMap((each) => each.answers));
  return {
    ...{ suite: suite.name, model, prompt: work.prompt.path, headline: suite.headline },
    cases: whole.length,
    selection: selected.length === 0 ? null : selected.join(', '),
    ...{ alpha, tests: ruled.tests, tokens },
    unusable: answers.filter(({ status }) => status !== 'answered').length,
    ...{ asked, usd: spent.cost_usd },
    parts: ruled.parts,
  };
}

function refuseReplay(): never {
  const mend = 'Name the model itself: its recorded answers are not asked again';
  throw new InputError([
    { file: '--model', line: null, id: null, what: 'replay has no answers to new prompts', mend },
  ]);
}
