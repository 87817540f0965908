import path from 'node:path';
import { missingQuestions } from '../ask/ask.ts';
import type { Question } from '../ask/evaluate.ts';
import { InputError } from '../errors/errors.ts';
import type { Model } from '../model/model.ts';
import { missingRecordings } from '../model/replay-model.ts';
import { caseId } from '../plan/case.ts';
import { gitState } from '../project/git.ts';
import { loadWork, type SuiteWork } from '../project/load-work.ts';
import type { Project } from '../project/project.ts';
import type { Readers } from '../project/readers.ts';
import { listRecords, readRecord, writeRecord } from '../record/record-files.ts';
import { renderItem } from '../review/render-item.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { recordedStore } from '../store/recorded-store.ts';
import type { Store } from '../store/store.ts';
import { historyOf } from '../watch/case-history.ts';
import { flipLines } from '../watch/suite-lines.ts';
import { acceptRun } from './accept.ts';
import type { Terminal } from './terminal.ts';
import { runWatched } from './watch-run.ts';
import type { Job, SessionWork } from './watch-session.ts';

export interface WorkPlace {
  project: Project;
  /** Absolute. */
  goldens: string;
  readers: Readers;
  model: Model;
  isReplay: boolean;
  store: Store;
  concurrency: number;
  terminal: Pick<Terminal, 'cwd' | 'chalk'>;
  /** Throws where these may not be asked. */
  agree: (suite: string, missing: readonly Question[], signal: AbortSignal) => Promise<void>;
}

/** How many earlier runs of a suite say which cases tell most. */
const REMEMBERED_RUNS = 5;

/** Loads, runs, opens and accepts what a watch session is about; keeps what one run learns for the next. */
export function watchWork(place: WorkPlace): SessionWork {
  const { project, goldens, readers, terminal } = place;
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  /** By suite, the newest first; read when first needed. */
  const runs = new Map<string, RunRecord[]>();
  const complete = new Map<string, RunRecord>();
  const loaded = new Map<string, SuiteWork>();
  const kept = new Set<string>();
  const labelsOf = ({ suite }: SuiteWork) => {
    const conversations = readers.conversations(goldens, shown);
    return readers.goldens(goldens, suite.task, suite.labels, { conversations, shown }).goldens;
  };
  const runsOf = (suite: string): RunRecord[] => {
    const known = runs.get(suite) ?? recentRuns(project, suite, place.model.id, shown);
    runs.set(suite, known);
    return known;
  };
  /** The same answers to the same questions make one record. */
  const keep = (run: RunRecord) => {
    const name = [run.suite.name, run.suite.sha256, run.prompt.sha256, run.goldens.sha256].join(' ');
    if (run.asked > 0 || !kept.has(name)) writeRecord(project.runs, run);
    kept.add(name);
    const earlier = runs.get(run.suite.name);
    if (earlier !== undefined) runs.set(run.suite.name, [run, ...earlier].slice(0, REMEMBERED_RUNS));
  };
  return {
    async run(job: Job, { signal, tell }) {
      complete.delete(job.suite);
      const [work] = loadWork(
        project,
        { suites: [job.suite], model: place.model.id, cwd: terminal.cwd, goldens },
        readers,
      );
      if (work === undefined) throw new Error(`suite ${job.suite} was not loaded`);
      loaded.set(job.suite, work);
      const store = place.isReplay ? recordedStore(place.store, work.baseline) : place.store;
      const missing = missingQuestions(work.cases, { model: place.model, repeats: 1, store });
      if (place.isReplay && missing.length > 0) {
        const cases = missing.map((question) => question.case);
        throw missingRecordings(job.suite, place.model.id, cases, work.baseline, work.prompt.sha256);
      }
      await place.agree(job.suite, missing, signal);
      const end = await runWatched({
        work,
        model: place.model,
        store,
        concurrency: place.concurrency,
        stateDirectory: project.promptfoo,
        git: () => gitState(project.root),
        history: () => historyOf(runsOf(job.suite), work.baseline, labelsOf(work)?.labels ?? []),
        isAll: job.isAll,
        signal,
        onResult: (result, isComplete) => tell({ kind: isComplete ? 'complete' : 'asking' }, result),
      });
      if (end.kind === 'stopped') return tell({ kind: 'stopped' }, end.result);
      keep(end.run);
      complete.set(job.suite, end.run);
    },
    open(suite, result, cursor) {
      const item = result.flips?.[cursor];
      const work = loaded.get(suite);
      const conversation = readers
        .conversations(goldens, shown)
        .value?.byId.get(item?.record.conversation ?? '');
      if (item === undefined || conversation === undefined) return 'the conversation is no longer there';
      const labels = work === undefined ? [] : (labelsOf(work)?.labels ?? []);
      const golden = labels.find(({ id, window }) => caseId(id, window) === item.record.id) ?? null;
      const place = `${cursor + 1} of ${result.flips?.length ?? 0}`;
      const { chalk } = terminal;
      const text = renderItem(
        item,
        { suite: result.suite, conversation, golden, place, decision: null },
        chalk,
      );
      // The answers stand below the conversation, where a screen does not reach.
      return [...flipLines(item, Number.POSITIVE_INFINITY, chalk), '', text].join('\n');
    },
    accept(suite) {
      const run = complete.get(suite);
      if (run === undefined) return 'only a complete run can be accepted';
      const failed = run.cases
        .flatMap(({ answers }) => answers)
        .filter(({ status }) => status === 'failed').length;
      if (failed > 0) return `${failed} questions failed, so the run is not whole; r asks them again`;
      return acceptRun(project, run, shown);
    },
    shownPath: shown,
    isBaseline: (file) => path.dirname(file) === project.baselines,
  };
}

/** Records that cannot be read tell nothing. */
function recentRuns(
  project: Project,
  suite: string,
  model: string,
  shown: (file: string) => string,
): RunRecord[] {
  const read = listRecords(project.runs, suite)
    .slice(0, REMEMBERED_RUNS)
    .flatMap((file): RunRecord[] => {
      try {
        return [readRecord(file, shown(file))];
      } catch (error) {
        if (error instanceof InputError) return [];
        throw error;
      }
    });
  return read.filter((run) => run.model === model);
}
