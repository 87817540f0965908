import path from 'node:path';
import { missingQuestions } from '../ask/ask.ts';
import { EXIT, InputError } from '../errors/errors.ts';
import { type GuardedJudgement, judgeGuarded } from '../goalposts/judge-guarded.ts';
import { type Guard, openGuard } from '../goalposts/open-guard.ts';
import { modelIdOf, readModelChoice } from '../model/model-choice.ts';
import { type OpenModel, openModel } from '../model/open-model.ts';
import { replayModel } from '../model/replay-model.ts';
import { gitState } from '../project/git.ts';
import { loadWork, type SuiteWork } from '../project/load-work.ts';
import { findProject, type Project } from '../project/project.ts';
import { replayedChoice } from '../project/recorded-models.ts';
import { recordText, writeRecord } from '../record/record-files.ts';
import { renderGoalposts } from '../report/terminal/goalposts.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { renderSuite } from '../report/terminal/suite-report.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { confirmCost, describeForecast, forecast } from './cost.ts';
import { interruptible } from './interrupt.ts';
import { runSuite } from './run-suite.ts';
import type { Terminal } from './terminal.ts';

export interface RunOptions {
  model: string;
  goldens?: string;
  prompt?: string;
  filter?: string[];
  limit?: number;
  repeats: number;
  concurrency: number;
  json?: boolean;
  base?: string;
  allowGoalposts?: boolean;
  maxUsd?: number;
  confirmAbove: number;
  prices?: string;
  patience: number;
}

/** `touchstone run`: the whole path, suite by suite. Everything the user wrote is checked before anything is asked. */
export async function runCommand(names: string[], options: RunOptions, terminal: Terminal): Promise<number> {
  const project = findProject(terminal.cwd);
  const choice = readModelChoice(options.model);
  const asked = choice.kind === 'replay' ? replayedChoice(choice, project) : choice;
  const work = loadWork(project, { ...options, model: modelIdOf(asked), suites: names, cwd: terminal.cwd });
  const guard = openRunGuard(project, options, modelIdOf(asked));
  const opened: OpenModel =
    choice.kind === 'replay'
      ? { paid: false, model: replayModel(asked) }
      : await openModel(asked, project, {
          env: terminal.env,
          concurrency: options.concurrency,
          maxUsd: options.maxUsd ?? null,
          pricesFile: options.prices === undefined ? null : path.resolve(terminal.cwd, options.prices),
          patienceSeconds: options.patience,
          onNotice: (text) => terminal.err(`${safeText(text)}\n`),
        });
  const git = gitState(project.root);
  const store = sqliteStore(project.store);
  let exitCode: number = EXIT.held;
  try {
    await announceCost(work, opened, store, options, terminal);
    const { repeats, concurrency } = options;
    const isReplay = choice.kind === 'replay';
    for (const each of work) {
      const run = await runSuite(each, {
        project,
        model: opened.model,
        isReplay,
        repeats,
        concurrency,
        store,
        git,
        terminal,
      });
      const judged = judgeGuarded(run, each, guard?.ofSuite(each.suite.suite.name) ?? null);
      const recordPath = path.relative(terminal.cwd, writeRecord(project.runs, judged.assessment.run));
      if (options.json === true) terminal.out(recordText(judged.assessment.run));
      else terminal.out(renderJudged(judged, recordPath, terminal));
      if (judged.blocks) exitCode = EXIT.notHeld;
    }
    if (guard !== null && reportRemoved(guard, terminal)) exitCode = EXIT.notHeld;
  } finally {
    store.close();
  }
  return exitCode;
}

/** Before the first paid call: how many requests, how many tokens, what it will cost; and, on a terminal, whether to go on. */
async function announceCost(
  work: readonly SuiteWork[],
  opened: OpenModel,
  store: Store,
  options: RunOptions,
  terminal: Terminal,
): Promise<void> {
  if (!opened.paid) return;
  const { model, price } = opened;
  const { repeats } = options;
  const missing = work.flatMap(({ cases }) => missingQuestions(cases, { model, repeats, store }));
  if (missing.length === 0) return;
  const requests = missing.map((question) => question.case.request);
  const estimate = await interruptible(terminal, (signal) => forecast(requests, model, price, signal));
  terminal.err(`${model.id}: ${describeForecast(estimate)}\n`);
  await confirmCost(estimate, options.confirmAbove, terminal);
}

function openRunGuard(project: Project, options: RunOptions, model: string): Guard | null {
  if (options.base === undefined) return null;
  if (options.goldens !== undefined) {
    const what = 'goes with the goldens in git, not with --goldens';
    throw new InputError([{ file: '--base', line: null, id: null, what, mend: 'Leave one of them out' }]);
  }
  return openGuard(project.root, options.base, model, options.allowGoalposts === true);
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
  { chalk }: Terminal,
): string {
  const goalposts = guard === null ? null : renderGoalposts(guard, byOwnLabels, chalk);
  return `${renderSuite({ ...assessment, goalposts, recordPath }, chalk)}\n`;
}
