import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import { formatProblem, type Problem } from '../errors/problem.ts';
import { marginOf } from '../matrix/matrix-metrics.ts';
import type { MatrixOptions } from '../matrix/prompt-matrix.ts';
import { modelIdOf } from '../model/model-choice.ts';
import { loadWork, type SuiteWork } from '../project/load-work.ts';
import type { Project } from '../project/project.ts';
import { mendChoice, quote } from '../schema/check.ts';
import { type LoadedSuite, loadSuites } from '../suite/load.ts';
import { findMetric } from '../suite/metric-problem.ts';
import type { CompareOptions } from './compare.ts';
import { type ComparedModel, openModels } from './compare-models.ts';
import type { Terminal } from './terminal.ts';

/** A prompt with a model, ready to be asked. */
export interface PlannedCell {
  work: SuiteWork;
  by: ComparedModel;
}

export interface ComparisonPlan {
  /** Prompt by prompt, each with every model. */
  cells: PlannedCell[];
  choose: MatrixOptions;
}

/**
 * Reads and checks all that a comparison needs: suite, prompts, goldens, metric, models with their keys and
 * prices.
 *
 * @throws InputError with all problems of all of them; nothing was asked
 */
export async function planComparison(
  prompts: readonly string[],
  options: CompareOptions,
  project: Project,
  terminal: Terminal,
): Promise<ComparisonPlan> {
  const files = prompts.map((prompt) => path.resolve(terminal.cwd, prompt));
  const problems = repeatedFiles(prompts, files);
  const { models, problems: ofModels } = await openModels(options, project, terminal);
  problems.push(...ofModels);
  const { suite, problems: ofSuite } = chooseSuite(files, options.suite, project, terminal);
  problems.push(...ofSuite);
  const asked = Math.max(1, prompts.length) * options.model.length;
  if (asked < 2) {
    const mend = 'Give two prompts, or --model twice';
    problems.push(problemAt('compare', 'one prompt with one model is nothing to compare', mend));
  }
  if (suite === null) throw new InputError(unique(problems));
  const metric = options.metric ?? suite.suite.headline;
  problems.push(...metricProblems(suite, metric, options.margin ?? null));
  const cells: PlannedCell[] = [];
  for (const prompt of prompts.length === 0 ? [undefined] : prompts) {
    // Of one model at least, so that a prompt's faults are told beside a model's.
    for (const by of models.length === 0 ? [null] : models) {
      const loaded = loadCell(suite, prompt, by, { options, project, terminal });
      problems.push(...loaded.problems);
      for (const work of loaded.work) if (by !== null) cells.push({ work, by });
    }
  }
  if (problems.length > 0) throw new InputError(unique(problems));
  const margin = options.margin ?? marginOf(suite.suite, metric);
  return { cells, choose: { metric, margin, alpha: options.alpha } };
}

function loadCell(
  { suite: { name } }: LoadedSuite,
  prompt: string | undefined,
  by: ComparedModel | null,
  { options, project, terminal }: { options: CompareOptions; project: Project; terminal: Terminal },
): { work: SuiteWork[]; problems: readonly Problem[] } {
  const { goldens, filter, limit } = options;
  try {
    const work = loadWork(project, {
      suites: [name],
      model: by === null ? 'embedded' : modelIdOf(by.choice),
      cwd: terminal.cwd,
      ...(goldens === undefined ? {} : { goldens }),
      ...(prompt === undefined ? {} : { prompt }),
      ...(filter === undefined ? {} : { filter }),
      ...(limit === undefined ? {} : { limit }),
    });
    return { work, problems: [] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { work: [], problems: error.problems };
  }
}

/** The suite that was named, or the one that has one of the prompts for its own, or the only one. */
function chooseSuite(
  files: readonly string[],
  named: string | undefined,
  project: Project,
  terminal: Terminal,
): { suite: LoadedSuite | null; problems: Problem[] } {
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  const { suites, problems } = loadSuites(project.suites, named === undefined ? [] : [named], shown);
  const given = new Set(files.map(realPath));
  const own = suites.filter(({ suite }) => given.has(realPath(path.join(project.root, suite.prompt))));
  const [only, ...others] = own.length === 0 ? suites : own;
  if (only !== undefined && others.length === 0) return { suite: only, problems };
  if (problems.length > 0) return { suite: null, problems };
  const what =
    own.length > 1
      ? `prompts of ${own.length} suites are given, and one suite is compared`
      : 'it is not clear which suite is meant';
  const mend = mendChoice(
    '',
    suites.map(({ suite }) => suite.name),
  );
  return { suite: null, problems: [problemAt('--suite', what, mend)] };
}

function repeatedFiles(prompts: readonly string[], files: readonly string[]): Problem[] {
  const real = files.map(realPath);
  return prompts.flatMap((prompt, index) =>
    real.indexOf(real[index] ?? '') < index
      ? [problemAt(prompt, 'is given twice', 'Leave it out once, or give another prompt')]
      : [],
  );
}

function metricProblems({ suite }: LoadedSuite, metric: string, margin: number | null): Problem[] {
  const found = findMetric(metric, Object.keys(suite.fields), new Map(Object.entries(suite.fields)));
  if (found.kind === 'problem') return [problemAt('--metric', found.what, found.mend)];
  if (margin === null || margin < 1 || metric.endsWith('.mae')) return [];
  const what = `${margin} is as much as ${quote(metric)} can lose at all`;
  return [problemAt('--margin', what, 'Write 3 points as 0.03')];
}

/** Where a path leads, links followed; the path itself where there is nothing. */
function realPath(file: string): string {
  return existsSync(file) ? realpathSync(file) : file;
}

function problemAt(file: string, what: string, mend: string): Problem {
  return { file, line: null, id: null, what, mend };
}

/** Several cells may have the same faults. */
function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [formatProblem(problem), problem])).values()];
}
