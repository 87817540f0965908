import { performance } from 'node:perf_hooks';
import {
  type AnswerWatcher,
  type AskOptions,
  ask,
  missingQuestions,
  type PreparedAnswers,
} from '../ask/ask.ts';
import { IncompleteRunError } from '../errors/errors.ts';
import type { Model } from '../model/model.ts';
import { missingRecordings } from '../model/replay-model.ts';
import type { SuiteWork } from '../project/load-work.ts';
import type { Project } from '../project/project.ts';
import { buildRecord, suiteOfRecord } from '../record/build-record.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { askSequentially, type SequentiallyAsked } from '../sequential/ask-sequentially.ts';
import { recordedStore } from '../store/recorded-store.ts';
import type { Store } from '../store/store.ts';
import { interruptible } from './interrupt.ts';
import { progressLine } from './progress.ts';
import type { Terminal } from './terminal.ts';

export interface RunContext {
  project: Project;
  model: Model;
  /** Whether only recorded answers count: the store's and the baseline's. */
  isReplay: boolean;
  repeats: number;
  concurrency: number;
  store: Store;
  git: RunRecord['git'];
  terminal: Terminal;
  /** Answers that batches gave beforehand; null where there were none. */
  prepared: PreparedAnswers | null;
  /** Follows the answers and may end the asking early; absent where every question is asked. */
  watcher?: AnswerWatcher;
  /** Seed of the order where cases are asked until the rules are decided; absent where all are. Needs a baseline. */
  sequentialSeed?: number;
}

/**
 * Asks one suite, in the order of its cases, and gives its run record, with the cases sorted by id.
 *
 * @throws IncompleteRunError where it was stopped, the model gave up, or a replay lacks recordings
 */
export async function runSuite(work: SuiteWork, context: RunContext): Promise<RunRecord> {
  const { project, model, repeats, concurrency, terminal } = context;
  const store = context.isReplay ? recordedStore(context.store, work.baseline) : context.store;
  const { name } = work.suite.suite;
  if (context.isReplay) {
    const missing = missingQuestions(work.cases, { model, repeats, store }).map((question) => question.case);
    if (missing.length > 0) {
      throw missingRecordings(name, model.id, [...new Set(missing)], work.baseline, work.prompt.sha256);
    }
  }
  const startedAt = new Date().toISOString();
  const { asked, sequential } = await interruptible(terminal, (signal) =>
    askAll(work, context, {
      task: work.suite.task,
      prompt: work.prompt.path,
      model,
      repeats,
      concurrency,
      store,
      prepared: context.prepared,
      stateDirectory: project.promptfoo,
      signal,
      clock: () => performance.now(),
      onProgress: progressLine(terminal, name),
    }),
  );
  const cases = work.cases.filter(({ id }) => asked.answers.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const run = buildRecord(cases, asked.answers, {
    planned: work.cases.length,
    ...(sequential && { sequential }),
    suite: work.suite,
    prompt: { path: work.prompt.path, sha256: work.prompt.sha256 },
    goldens: work.goldens,
    model: model.id,
    git: context.git,
    startedAt,
    selection: work.selection,
    repeats,
    asked: asked.asked,
    spent: asked.spent,
    seconds: asked.seconds,
  });
  refuseIfNothingAnswered(run);
  return run;
}

async function askAll(
  { suite, cases, baseline }: SuiteWork,
  { watcher, sequentialSeed: seed }: RunContext,
  options: AskOptions,
): Promise<Pick<SequentiallyAsked, 'asked'> & Partial<SequentiallyAsked>> {
  if (seed === undefined || baseline === null)
    return { asked: await ask(cases, { ...options, ...(watcher && { watcher }) }) };
  const watched = { suite: suiteOfRecord(suite), repeats: options.repeats, baseline };
  return askSequentially(cases, seed, watched, options);
}

/** @throws IncompleteRunError where every question of a run failed */
export function refuseIfNothingAnswered(run: RunRecord): void {
  const answers = run.cases.flatMap((each) => each.answers);
  const failed = answers.filter(({ status }) => status === 'failed');
  if (failed.length === 0 || failed.length < answers.length) return;
  const [first] = failed;
  const reason = first !== undefined && 'reason' in first ? first.reason : '';
  throw new IncompleteRunError(
    `${run.model} answered none of ${answers.length} questions: ${reason}`,
    'Run again when it does.',
  );
}
