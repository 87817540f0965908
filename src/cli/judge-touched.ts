import { missingQuestions } from '../ask/ask.ts';
import type { SuiteChange } from '../check/changed-suites.ts';
import type { MissingAnswers } from '../check/outcome-of.ts';
import { IncompleteRunError, InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { type GuardedJudgement, judgeGuarded } from '../goalposts/judge-guarded.ts';
import type { Guard, SuiteGuard } from '../goalposts/open-guard.ts';
import { type Model, NO_USAGE } from '../model/model.ts';
import { openModel } from '../model/open-model.ts';
import { missingRecordings, replayModel } from '../model/replay-model.ts';
import { gitState } from '../project/git.ts';
import { loadWork, type SuiteWork } from '../project/load-work.ts';
import type { Project } from '../project/project.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import type { Usage } from '../schema/run-record.ts';
import { recordedStore } from '../store/recorded-store.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import type { ChangeToCheck } from './check-change.ts';
import { runSuite } from './run-suite.ts';
import type { Terminal } from './terminal.ts';

interface Touched {
  /** Project whose files are judged. */
  files: Project;
  touched: readonly SuiteChange[];
  guard: Guard;
  terminal: Terminal;
}

interface Judged {
  judged: GuardedJudgement[];
  work: SuiteWork[];
  missing: MissingAnswers[];
  problems: readonly Problem[];
  stopped: { what: string; mend: string } | null;
  /** Of every question that the model was asked, also of suites that were not finished. */
  asked: Usage[];
}

/**
 * Judges the suites that a change touches, in turn. Nothing is asked where any file is wrong, and of a suite nothing
 * where answers are missing that may not be asked for.
 *
 * @throws InputError where the model cannot be opened
 */
export async function judgeTouched(change: ChangeToCheck, context: Touched): Promise<Judged> {
  const found: Judged = { judged: [], work: [], missing: [], problems: [], stopped: null, asked: [] };
  const gone = new Set(context.guard.removed);
  const names = context.touched.map(({ suite }) => suite).filter((name) => !gone.has(name));
  if (names.length === 0) return found;
  const store = sqliteStore(change.project.store);
  try {
    const planned = planSuites(names, change, context, store);
    if ('problems' in planned) return { ...found, problems: planned.problems };
    found.work = planned.suites.map(({ work }) => work);
    const open = opening(change, context.terminal, (usage) => found.asked.push(usage));
    for (const each of planned.suites) await judgeSuite(each, change, { ...context, open, found });
  } catch (error) {
    if (!(error instanceof IncompleteRunError)) throw error;
    found.stopped = { what: error.message, mend: error.mend };
  } finally {
    store.close();
  }
  return found;
}

/** A suite, and where its answers come from. */
interface PlannedSuite {
  work: SuiteWork;
  guard: SuiteGuard;
  store: Store;
  repeats: number;
}

/** Answers come from the store and the base's baseline; the change's own baseline proves nothing. */
function planSuites(
  suites: readonly string[],
  change: ChangeToCheck,
  { files, guard }: Touched,
  kept: Store,
): { suites: PlannedSuite[] } | { problems: readonly Problem[] } {
  try {
    const work = loadWork(files, { suites, model: change.model, cwd: files.root });
    const planned = work.map((each): PlannedSuite => {
      const ofSuite = guard.ofSuite(each.suite.suite.name);
      const { baseline } = ofSuite.base;
      const repeats = baseline?.header.repeats ?? 1;
      const recorded = recordedStore(kept, baseline);
      const store = change.believed?.(each, recorded, repeats) ?? recorded;
      return { work: each, guard: ofSuite, store, repeats };
    });
    return { suites: planned };
  } catch (error) {
    if (error instanceof InputError) return { problems: error.problems };
    throw error;
  }
}

/** One opening for all suites: they share the budget and the pace. */
function opening(
  change: ChangeToCheck,
  { env, err }: Terminal,
  onAsked: (usage: Usage) => void,
): () => Promise<Model> {
  let opened: Promise<Model> | null = null;
  const open = async (): Promise<Model> => {
    const { model } = await openModel(change.choice, change.project, {
      env,
      concurrency: change.concurrency,
      batch: false,
      maxUsd: change.maxUsd,
      pricesFile: null,
      patienceSeconds: change.patienceSeconds,
      onNotice: (text) => err(`${safeText(text)}\n`),
    });
    const ask: Model['ask'] = async (request, signal) => {
      const reply = await model.ask(request, signal);
      onAsked(reply.kind === 'failed' ? NO_USAGE : reply.usage);
      return reply;
    };
    return { id: model.id, revision: model.revision, ask };
  };
  return () => {
    opened ??= open();
    return opened;
  };
}

interface Judging extends Touched {
  open: () => Promise<Model>;
  found: Judged;
}

async function judgeSuite(
  { work, guard, store, repeats }: PlannedSuite,
  change: ChangeToCheck,
  { terminal, open, found }: Judging,
): Promise<void> {
  const { name } = work.suite.suite;
  const replay = replayModel(change.choice);
  const missing = missingQuestions(work.cases, { model: replay, repeats, store });
  if (missing.length > 0 && change.choice.kind !== 'embedded' && !change.mayPay) {
    const cases = [...new Set(missing.map((question) => question.case))];
    const { baseline } = guard.base;
    const { message } = missingRecordings(name, change.model, cases, baseline, work.prompt.sha256);
    found.missing.push({ suite: name, count: missing.length, why: `${message} ${change.whyNot}` });
    return;
  }
  const run = await runSuite(work, {
    project: change.project,
    model: missing.length === 0 ? replay : await open(),
    isReplay: false,
    repeats,
    concurrency: change.concurrency,
    store,
    git: { commit: change.commit, dirty: change.head === null && isDirty(change.project) },
    terminal,
    prepared: null,
  });
  found.judged.push(judgeGuarded(run, work, guard));
}

function isDirty({ root }: Project): boolean {
  return gitState(root)?.dirty === true;
}
