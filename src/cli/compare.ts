import { missingQuestions } from '../ask/ask.ts';
import { prepareEvaluation } from '../ask/evaluate.ts';
import { EXIT } from '../errors/errors.ts';
import { promptMatrix } from '../matrix/prompt-matrix.ts';
import type { OpenModel } from '../model/open-model.ts';
import { gitState } from '../project/git.ts';
import type { SuiteWork } from '../project/load-work.ts';
import { findProject, type Project } from '../project/project.ts';
import { renderMatrixMarkdown } from '../report/markdown/matrix-comparison.ts';
import { matrixJson } from '../report/matrix-json.ts';
import { renderMatrixComparison } from '../report/terminal/matrix-comparison.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { type Announced, announceCost } from './announce-cost.ts';
import type { AskingOptions } from './asking-options.ts';
import { type PlannedCell, planComparison } from './compare-plan.ts';
import { tellUnasked, type Unasked } from './dry-run.ts';
import { askBatches } from './run-batches.ts';
import { runSuite } from './run-suite.ts';
import type { Terminal } from './terminal.ts';

export interface CompareOptions extends AskingOptions {
  /** One at least. */
  model: string[];
  suite?: string;
  goldens?: string;
  filter?: string[];
  limit?: number;
  repeats: number;
  metric?: string;
  margin?: number;
  alpha: number;
  format: 'terminal' | 'markdown';
  /** Only say what would be asked. */
  dryRun?: boolean;
  json?: boolean;
}

/**
 * `touchstone compare`: prompts by models on one set of goldens, and which to choose. Answers are kept in the
 * store; no run record is written, for none of these runs is the last one that `accept` and `review` take.
 */
export async function compareCommand(
  prompts: string[],
  options: CompareOptions,
  terminal: Terminal,
): Promise<number> {
  const project = findProject(terminal.cwd);
  const { cells, choose } = await planComparison(prompts, options, project, terminal);
  if (options.dryRun === true) {
    const unasked = cells.map(({ work, by: { choice, opened } }): Unasked => {
      return { what: cellName(work, opened), choice, opened, work, repeats: options.repeats };
    });
    tellUnasked(unasked, options, project, terminal);
    return EXIT.held;
  }
  const store = sqliteStore(project.store);
  let runs: RunRecord[];
  try {
    await announceCost(announcedCells(cells, store, options.repeats, project), options, terminal);
    runs = await askCells(cells, { project, store, options, terminal });
  } finally {
    store.close();
  }
  const matrix = promptMatrix(runs, choose);
  if (options.json === true) terminal.out(matrixJson(matrix));
  else if (options.format === 'markdown') terminal.out(renderMatrixMarkdown(matrix));
  else terminal.out(renderMatrixComparison(matrix, terminal.columns, terminal.chalk));
  return EXIT.held;
}

function announcedCells(
  cells: readonly PlannedCell[],
  store: Store,
  repeats: number,
  project: Project,
): Announced[] {
  return cells.map(({ work, by: { opened } }) => ({
    what: cellName(work, opened),
    opened,
    missing: () => {
      const questions = missingQuestions(work.cases, { model: opened.model, repeats, store });
      if (questions.length > 0) prepareEvaluation(project.promptfoo);
      return questions.map((question) => question.case.request);
    },
  }));
}

function cellName({ prompt }: SuiteWork, { model }: OpenModel): string {
  return `${prompt.path} with ${model.id}`;
}

interface AskContext {
  project: Project;
  store: Store;
  options: CompareOptions;
  terminal: Terminal;
}

async function askCells(cells: readonly PlannedCell[], context: AskContext): Promise<RunRecord[]> {
  const { project, store, options, terminal } = context;
  const git = gitState(project.root);
  const prepared = options.batch === true ? await askInBatches(cells, context) : null;
  const runs: RunRecord[] = [];
  for (const { work, by } of cells) {
    const { repeats, concurrency } = options;
    runs.push(
      await runSuite(work, {
        project,
        model: by.opened.model,
        isReplay: by.isReplay,
        repeats,
        concurrency,
        store,
        git,
        terminal,
        prepared: prepared?.get(work) ?? null,
      }),
    );
  }
  return runs;
}

/** What is missing of every cell whose model has batches; model by model, a model's prompts side by side. */
async function askInBatches(
  cells: readonly PlannedCell[],
  context: AskContext,
): Promise<Awaited<ReturnType<typeof askBatches>>> {
  const works = new Map<PlannedCell['by'], SuiteWork[]>();
  for (const { work, by } of cells) {
    if (by.opened.paid) works.set(by, [...(works.get(by) ?? []), work]);
  }
  const answers: Awaited<ReturnType<typeof askBatches>> = new Map();
  for (const [{ choice }, work] of works) {
    for (const [each, given] of await askBatches(work, choice, context)) answers.set(each, given);
  }
  return answers;
}
