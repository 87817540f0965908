import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { ask, missingQuestions } from '../ask/ask.ts';
import { compareWithBaseline } from '../compare/compare.ts';
import { assess } from '../judge/assess.ts';
import { decidedSentence } from '../judge/sentence.ts';
import { addUsage, type Model, NO_USAGE } from '../model/model.ts';
import type { Case } from '../plan/case.ts';
import type { SuiteWork } from '../project/load-work.ts';
import { reviewItems } from '../review/review-items.ts';
import type { Answer, RunRecord } from '../schema/run-record.ts';
import type { Store } from '../store/store.ts';
import { completeRun, nothingElse, type RunSoFar } from '../watch/complete-run.ts';
import { type DecidedRuling, decidedRuling } from '../watch/decided-ruling.ts';
import { metricRows } from '../watch/metric-rows.ts';
import { type CaseHistory, orderCases } from '../watch/order-cases.ts';
import type { SuiteResult } from '../watch/watch-state.ts';
import { occasionally } from './occasionally.ts';
import { refuseIfNothingAnswered } from './run-suite.ts';

export interface WatchedRun {
  work: SuiteWork;
  model: Model;
  store: Store;
  concurrency: number;
  /** Where promptfoo keeps its state. */
  stateDirectory: string;
  git: () => RunRecord['git'];
  history: () => CaseHistory;
  /** Whether to ask all, also when the verdict cannot change. */
  isAll: boolean;
  signal: AbortSignal;
  /** Told of what is known so far, as often as it can be drawn. */
  onResult: (result: SuiteResult, isComplete: boolean) => void;
}

/** How a run ended: with all its answers, or before, because no further answer matters. */
export type RunEnd = { kind: 'complete'; run: RunRecord } | { kind: 'stopped'; result: SuiteResult };

/** Milliseconds between two drawings of a run that is under way. */
const DRAW_EVERY = 100;
/** Answers after which it is first asked whether more can change anything, unless there was time before. */
const FIRST_LOOK = 16;
/** Resamples behind the intervals of a run that is under way. */
const RUNNING_RESAMPLES = 400;

/**
 * Asks a suite, the cases that tell most first, and tells of metrics and flips as they come. With every answer in the
 * store, what is found is told at once, without what takes resampling.
 *
 * @throws IncompleteRunError where the model gave up; the signal's reason where it is aborted
 */
export async function runWatched(watched: WatchedRun): Promise<RunEnd> {
  const { work, model, store, isAll, signal, onResult } = watched;
  const { baseline } = work;
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const missing = missingQuestions(work.cases, { model, repeats: 1, store });
  const asked = new Set(missing.map((question) => question.case.id));
  const cases =
    missing.length === 0 ? work.cases : orderCases(work.cases, watched.history(), Date.parse(startedAt));
  const answers = new Map<string, Answer>();
  const source = { ...sourceOf(watched), startedAt };
  const soFar: RunSoFar = { cases: work.cases, answers, source };
  const { promise: allAnswered, resolve: haveAll } = Promise.withResolvers<'all'>();
  const draw = occasionally(DRAW_EVERY, () => onResult(describe(soFar, work, RUNNING_RESAMPLES), false));
  let decided: DecidedRuling | null = null;
  let lookedAt = FIRST_LOOK / 2;
  const decide = () => {
    lookedAt = answers.size;
    decided = decidedRuling(soFar, baseline);
  };
  const decideIfDue = occasionally(0, decide);
  const asking = ask(cases, {
    task: work.suite.task,
    prompt: work.prompt.path,
    model,
    repeats: 1,
    concurrency: watched.concurrency,
    store,
    stateDirectory: watched.stateDirectory,
    signal,
    clock: () => performance.now(),
    onProgress: () => {},
    watcher: {
      answered({ id }: Case, _repeat, answer) {
        answers.set(id, answer);
        if (answers.size === cases.length) haveAll('all');
        else draw();
      },
      isDecided() {
        if (isAll || answers.size === 0 || answers.size === cases.length) return false;
        // However fast the answers come, no more than twice as many are asked as were needed.
        if (decided === null && answers.size >= 2 * lookedAt) decide();
        else if (decided === null) decideIfDue();
        return decided !== null;
      },
    },
  });
  // promptfoo goes on evaluating after the last answer; nobody has to wait for it.
  asking.catch(() => {});
  const first = await Promise.race([allAnswered, asking]);
  if (first !== 'all' && answers.size < cases.length) {
    const result = { ...describe(soFar, work, RUNNING_RESAMPLES), verdict: verdictOf(decided, work) };
    return { kind: 'stopped', result };
  }
  source.asked = asked.size;
  source.spent =
    asked.size === 0 ? NO_USAGE : addUsage([...asked].flatMap((id) => answers.get(id)?.usage ?? []));
  source.seconds = asked.size === 0 ? 0 : (performance.now() - started) / 1000;
  refuseIfNothingAnswered(completeRun(soFar, nothingElse));
  onResult(describe(soFar, work, 0), true);
  // What follows takes long: what was saved meanwhile comes first.
  await setImmediate();
  signal.throwIfAborted();
  source.git = watched.git();
  const run = completeRun(soFar, nothingElse);
  const { verdict } = assess(run, baseline);
  const { ruling, blocks, sentence } = verdict;
  onResult({ ...describe(soFar, work, 2_000), verdict: { ruling, blocks, sentence } }, true);
  return { kind: 'complete', run };
}

function sourceOf({ work, model }: WatchedRun) {
  const { suite, prompt, goldens, selection } = work;
  return {
    suite,
    prompt: { path: prompt.path, sha256: prompt.sha256 },
    goldens,
    model: model.id,
    git: null as RunRecord['git'],
    startedAt: '',
    selection,
    repeats: 1,
    asked: 0,
    spent: NO_USAGE,
    seconds: 0,
  };
}

function describe(soFar: RunSoFar, { baseline, prompt }: SuiteWork, resamples: number): SuiteResult {
  const { cases, answers, source } = soFar;
  const known = completeRun(soFar, nothingElse);
  return {
    suite: known.suite,
    total: cases.length,
    answered: answers.size,
    model: source.model,
    prompt: prompt.sha256.slice(0, 8),
    rows: metricRows(soFar, baseline, resamples),
    flips: baseline === null ? null : reviewItems(compareWithBaseline(known, baseline)),
    verdict: null,
  };
}

function verdictOf(decided: DecidedRuling | null, { suite }: SuiteWork): SuiteResult['verdict'] {
  if (decided === null) return null;
  const { ruling, blocks, rules } = decided;
  return { ruling, blocks, sentence: decidedSentence({ suite: suite.suite.name, ruling }, rules) };
}
