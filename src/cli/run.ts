import path from 'node:path';
import { missingQuestions } from '../ask/ask.ts';
import { prepareEvaluation } from '../ask/evaluate.ts';
import { EXIT, InputError } from '../errors/errors.ts';
import { folderTree } from '../goalposts/folder-tree.ts';
import { type GuardedJudgement, judgeGuarded } from '../goalposts/judge-guarded.ts';
import { type Guard, openGuard } from '../goalposts/open-guard.ts';
import { modelIdOf, readModelChoice } from '../model/model-choice.ts';
import { type OpenModel, openModel } from '../model/open-model.ts';
import { replayModel } from '../model/replay-model.ts';
import { gitState } from '../project/git.ts';
import { openBase } from '../project/git-ref.ts';
import { loadWork, type SuiteWork } from '../project/load-work.ts';
import { findProject, type Project } from '../project/project.ts';
import { replayedChoice } from '../project/recorded-models.ts';
import { writeRecord } from '../record/record-files.ts';
import { renderClosing } from '../report/terminal/closing.ts';
import { renderGoalposts } from '../report/terminal/goalposts.ts';
import { safeJson } from '../report/terminal/safe-text.ts';
import { renderSuite } from '../report/terminal/suite-report.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import { announceCost } from './announce-cost.ts';
import { type AskingOptions, openingBy } from './asking-options.ts';
import { tellUnasked, type Unasked, unopened } from './dry-run.ts';
import { askBatches, requireBatchModel } from './run-batches.ts';
import { runSuite } from './run-suite.ts';
import { announceLateRules, savedLine, sequentialSeedOf } from './sequential-options.ts';
import type { Terminal } from './terminal.ts';

export interface RunOptions extends AskingOptions {
  model: string;
  goldens?: string;
  prompt?: string;
  filter?: string[];
  limit?: number;
  repeats: number;
  json?: boolean;
  base?: string;
  allowGoalposts?: boolean;
  sequential?: boolean;
  seed?: number;
  /** False where no page is wanted. */
  report: boolean;
  /** Only say what would be asked. */
  dryRun?: boolean;
}

/** `touchstone run`: the whole path, suite by suite. Everything the user wrote is checked before anything is asked. */
export async function runCommand(names: string[], options: RunOptions, terminal: Terminal): Promise<number> {
  const project = findProject(terminal.cwd);
  const choice = readModelChoice(options.model);
  const asked = choice.kind === 'replay' ? replayedChoice(choice, project) : choice;
  if (options.batch === true) requireBatchModel(choice);
  const work = loadWork(project, { ...options, model: modelIdOf(asked), suites: names, cwd: terminal.cwd });
  const sequentialSeed = sequentialSeedOf(options, choice, work);
  if (sequentialSeed !== null) for (const each of work) announceLateRules(each, terminal);
  if (options.dryRun === true) return tellWork(work, asked, options, project, terminal);
  const guard = openRunGuard(project, options, modelIdOf(asked));
  const opened: OpenModel =
    choice.kind === 'replay'
      ? { paid: false, model: replayModel(asked) }
      : await openModel(asked, project, openingBy(options, terminal));
  const git = gitState(project.root);
  const store = sqliteStore(project.store);
  let exitCode: number = EXIT.held;
  try {
    const { repeats, concurrency } = options;
    const missing = () => {
      const questions = work.flatMap(({ cases }) =>
        missingQuestions(cases, { model: opened.model, repeats, store }),
      );
      if (questions.length > 0) prepareEvaluation(project.promptfoo);
      return questions.map((question) => question.case.request);
    };
    await announceCost([{ what: opened.model.id, opened, missing }], options, terminal);
    const isReplay = choice.kind === 'replay';
    const prepared =
      options.batch === true ? await askBatches(work, asked, { project, store, options, terminal }) : null;
    const judgements: GuardedJudgement[] = [];
    for (const each of work) {
      const missing =
        sequentialSeed === null
          ? 0
          : missingQuestions(each.cases, { model: opened.model, repeats, store }).length;
      const run = await runSuite(each, {
        project,
        model: opened.model,
        isReplay,
        repeats,
        concurrency,
        store,
        git,
        terminal,
        prepared: prepared?.get(each) ?? null,
        ...(sequentialSeed !== null && { sequentialSeed }),
      });
      const judged = judgeGuarded(run, each, guard?.ofSuite(each.suite.suite.name) ?? null);
      const recordPath = path.relative(terminal.cwd, writeRecord(project.runs, judged.assessment.run));
      if (options.json === true) terminal.out(`${safeJson(judged.assessment.run)}\n`);
      else terminal.out(renderJudged(judged, recordPath, terminal));
      if (sequentialSeed !== null) terminal.err(`${savedLine(run, missing)}\n`);
      if (judged.blocks) exitCode = EXIT.notHeld;
      judgements.push(judged);
    }
    if (guard !== null && reportRemoved(guard, terminal)) exitCode = EXIT.notHeld;
    if (options.json !== true) {
      const page = options.report ? await writeReport(judgements, work, project, terminal) : null;
      terminal.out(renderClosing(judgements, page, terminal.chalk));
    }
  } finally {
    store.close();
  }
  return exitCode;
}

/** What each suite would ask, and what that would cost. */
async function tellWork(
  work: readonly SuiteWork[],
  choice: Unasked['choice'],
  options: RunOptions,
  project: Project,
  terminal: Terminal,
): Promise<number> {
  const opened =
    choice.kind === 'anthropic'
      ? unopened(choice)
      : await openModel(choice, project, openingBy(options, terminal));
  const { repeats } = options;
  const unasked = work.map((each): Unasked => {
    return { what: `${each.suite.suite.name} with ${opened.model.id}`, choice, opened, work: each, repeats };
  });
  tellUnasked(unasked, options, project, terminal);
  return EXIT.held;
}

/** Writes the page and says where, as the user would name it. */
async function writeReport(
  judged: readonly GuardedJudgement[],
  work: readonly SuiteWork[],
  project: Project,
  terminal: Terminal,
): Promise<string> {
  // The charts' library is heavy, so only who wants a page loads it.
  const { writePage } = await import('./write-page.ts');
  const suites = work.map(({ suite }) => suite);
  return path.relative(terminal.cwd, writePage(judged, suites, project, null));
}

function openRunGuard(project: Project, options: RunOptions, model: string): Guard | null {
  if (options.base === undefined) return null;
  if (options.goldens !== undefined) {
    const what = 'goes with the goldens in git, not with --goldens';
    throw new InputError([{ file: '--base', line: null, id: null, what, mend: 'Leave one of them out' }]);
  }
  return openGuard({
    base: openBase(project.root, options.base),
    head: folderTree(project.root),
    ref: options.base,
    model,
    allowed: options.allowGoalposts === true,
  });
}

/** Suites that the base has and the change has not; true where a person must say that this is meant. */
function reportRemoved(guard: Guard, terminal: Terminal): boolean {
  const verdicts = guard.removed.map((name) => ({ name, verdict: guard.ofSuite(name).verdict }));
  for (const { name, verdict } of verdicts) terminal.err(`${name}: the suite is gone; ${verdict.sentence}\n`);
  return verdicts.some(({ verdict }) => verdict.needsPerson);
}

function renderJudged(
  { assessment, guard, byOwnLabels }: GuardedJudgement,
  recordPath: string,
  terminal: Terminal,
): string {
  const goalposts = guard === null ? null : renderGoalposts(guard, byOwnLabels, terminal.chalk);
  return `${renderSuite({ ...assessment, goalposts, recordPath }, terminal)}\n`;
}
