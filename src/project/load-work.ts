import path from 'node:path';
import type { Baseline } from '../baseline/baseline.ts';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { readFileBytes } from '../goldens/file-bytes.ts';
import type { ConversationsRead } from '../goldens/load.ts';
import type { Case } from '../plan/case.ts';
import { planCases } from '../plan/plan.ts';
import { type Filter, parseFilter, type Selection } from '../plan/selection.ts';
import { type Prompt, readPrompt } from '../prompt/load.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { checkRulesAgainstGoldens } from '../suite/check-rules.ts';
import { type LoadedSuite, loadSuites } from '../suite/load.ts';
import type { Project } from './project.ts';
import { directReaders, type Readers } from './readers.ts';

export interface WorkOptions {
  /** All of the project's where empty. */
  suites: readonly string[];
  /** The model's id: whose baseline to compare with. */
  model: string;
  cwd: string;
  goldens?: string;
  prompt?: string;
  filter?: readonly string[];
  limit?: number;
}

/** A suite with all that running it needs, checked. */
export interface SuiteWork {
  suite: LoadedSuite;
  prompt: Prompt;
  goldens: RunRecord['goldens'];
  selection: Selection;
  /** Sorted by id. */
  cases: Case[];
  /** Null where nothing was accepted for this model yet. */
  baseline: Baseline | null;
}

/**
 * Reads and checks everything the user wrote: suites, prompts, goldens, baselines, arguments. Throws one
 * InputError with all problems of all of them.
 *
 * @param readers what reads goldens and baselines; each file anew where absent
 */
export function loadWork(
  project: Project,
  options: WorkOptions,
  readers: Readers = directReaders,
): SuiteWork[] {
  const shown = (file: string) => path.relative(options.cwd, file) || '.';
  const { suites, problems } = loadSuites(project.suites, options.suites, shown);
  const { selection, problems: refused } = readSelection(options);
  problems.push(...refused);
  const prompt = suites.length > 1 ? undefined : options.prompt;
  if (options.prompt !== prompt)
    problems.push(argumentProblem('--prompt', 'is for one suite', 'Name the suite before it'));
  const goldensDirectory = path.resolve(options.cwd, options.goldens ?? project.goldens);
  const conversations = readers.conversations(goldensDirectory, shown);
  problems.push(...conversations.problems);
  const work = suites.map((suite) => {
    const promptFile =
      prompt === undefined ? path.join(project.root, suite.suite.prompt) : path.resolve(options.cwd, prompt);
    return loadSuiteWork(suite, {
      project,
      goldensDirectory,
      conversations,
      promptFile,
      selection,
      model: options.model,
      shown,
      readers,
    });
  });
  problems.push(...work.flatMap((each) => each.problems));
  if (problems.length > 0) throw new InputError(problems);
  return work.flatMap(({ work: loaded }) => loaded ?? []);
}

interface SuiteSources {
  project: Project;
  goldensDirectory: string;
  conversations: ConversationsRead;
  promptFile: string;
  selection: Selection;
  model: string;
  shown: (file: string) => string;
  readers: Readers;
}

function loadSuiteWork(
  suite: LoadedSuite,
  sources: SuiteSources,
): { work: SuiteWork | null; problems: Problem[] } {
  const { project, goldensDirectory, conversations, selection, shown, readers } = sources;
  const read = readers.goldens(goldensDirectory, suite.task, suite.labels, { conversations, shown });
  const { prompt, problems: promptProblems } = loadPrompt(
    sources.promptFile,
    shown(sources.promptFile),
    suite,
  );
  const { baseline, problems: baselineProblems } = readers.baseline(
    project.baselines,
    suite.task,
    sources.model,
    shown,
  );
  const problems = [...read.problems, ...promptProblems, ...baselineProblems];
  if (read.goldens === null || prompt === null) return { work: null, problems };
  if (read.goldens.labels.length === 0) {
    const file = path.join(goldensDirectory, 'labels', `${suite.labels}.jsonl`);
    const mend = `Settle some: touchstone goldens label ${suite.suite.name} --as YOU`;
    problems.push({ file: shown(file), line: null, id: null, what: 'no label is settled yet', mend });
    return { work: null, problems };
  }
  problems.push(...checkRulesAgainstGoldens(suite, read.goldens));
  const cases = planCases(suite.task, prompt, read.goldens, selection);
  if (cases.length === 0) {
    problems.push(
      argumentProblem(
        '--filter',
        `no case of ${suite.suite.name} fits`,
        'Ask for a tag, language or window that its goldens have',
      ),
    );
  }
  const { sha256 } = read.goldens;
  const goldens = { path: shown(goldensDirectory), sha256, conversations: read.goldens.conversations.size };
  return { work: { suite, prompt, goldens, selection, cases, baseline }, problems };
}

function loadPrompt(
  file: string,
  shownAs: string,
  suite: LoadedSuite,
): { prompt: Prompt | null; problems: Problem[] } {
  const { value: bytes, problems } = readFileBytes(file, shownAs);
  return bytes === null ? { prompt: null, problems } : readPrompt(bytes, shownAs, suite.task);
}

function readSelection(options: WorkOptions): { selection: Selection; problems: Problem[] } {
  const filters: Filter[] = [];
  const problems: Problem[] = [];
  for (const text of options.filter ?? []) {
    const filter = parseFilter(text);
    if (filter === null) {
      problems.push(
        argumentProblem(
          '--filter',
          `${JSON.stringify(text)} is no condition`,
          'Write tag:T, lang:L, window:W, family:F or id:C',
        ),
      );
    } else filters.push(filter);
  }
  return { selection: { filters, limit: options.limit ?? null }, problems };
}

function argumentProblem(argument: string, what: string, mend: string): Problem {
  return { file: argument, line: null, id: null, what, mend };
}
