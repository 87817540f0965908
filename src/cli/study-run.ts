import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { openBadRecords } from '../corpus/bad-records.ts';
import {
  badShare,
  brokenOffProblems,
  NOTHING_READ,
  percentBad,
  type Tally,
  talliedWith,
} from '../corpus/tally.ts';
import { EXIT, InputError } from '../errors/errors.ts';
import { hasApiKey } from '../model/anthropic/api-key.ts';
import { type OpenModel, openModel } from '../model/open-model.ts';
import { replayModel } from '../model/replay-model.ts';
import { gitState } from '../project/git.ts';
import { plural } from '../score/metric-text.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { askedStudy, studyQuestions } from '../study/ask-conversation.ts';
import { lookUpIn } from '../study/look-up.ts';
import { planAhead } from '../study/plan-ahead.ts';
import { concernsFile, studyRecordFile } from '../study/record-files.ts';
import { keptUnder, recordedOrAsked, type Spent } from '../study/recorded-or-asked.ts';
import { countResults } from '../study/results/count-results.ts';
import { lockFolder } from '../study/results/lock-folder.ts';
import { openResults, type ResultsWriter } from '../study/results/open-results.ts';
import { buildStudyRecord } from '../study/study-record.ts';
import { type StudiedBatch, walkLookedUp } from '../study/walk-corpus.ts';
import { openingBy } from './asking-options.ts';
import { interruptible } from './interrupt.ts';
import { walkBatches } from './study-batches.ts';
import { foresee } from './study-forecast.ts';
import { studyReportCommand } from './study-report.ts';
import {
  badRecordsFile,
  readStudyWork,
  type StudyRunOptions,
  type StudyWork,
  studyStoreFile,
} from './study-work.ts';
import type { Terminal } from './terminal.ts';
import { writeWhole } from './write-whole.ts';

/** `touchstone study run`: the funnel over a corpus. Everything the user wrote is checked before anything is asked. */
export async function studyRunCommand(
  corpus: string,
  options: StudyRunOptions,
  terminal: Terminal,
): Promise<number> {
  const work = readStudyWork(corpus, options, terminal);
  const { project, loaded, out } = work;
  const opened = await openStudyModel(work, options, terminal);
  mkdirSync(out, { recursive: true, mode: 0o700 });
  const store = sqliteStore(studyStoreFile(project));
  let unlock = () => {};
  try {
    if (options.dryRun !== true) unlock = lockFolder(out, path.relative(terminal.cwd, out) || '.');
    if (opened.paid || options.dryRun === true) await foresee(work, opened, store, options, terminal);
    if (options.dryRun === true) return EXIT.held;
    const startedAt = new Date().toISOString();
    const began = performance.now();
    const walked = await walkAndWrite(work, { opened, options, store, terminal });
    const tasks = [...loaded.suites.values()].map(({ suite }) => suite.task);
    const counts = await countResults(out, loaded.study, tasks);
    const seconds = (performance.now() - began) / 1000;
    const files = work.files.map(({ shown, bytes }) => ({ path: shown, bytes }));
    const about = {
      model: opened.model.id,
      files,
      mapping: options.map ?? null,
      git: gitState(project.root),
    };
    const record = buildStudyRecord(loaded, { ...walked, ...about, startedAt, seconds }, counts);
    writeWhole(studyRecordFile(out), `${JSON.stringify(record, null, 2)}\n`);
  } finally {
    store.close();
    unlock();
  }
  return studyReportCommand(out, {}, terminal);
}

/** Who plans a budget may have no key yet: then tokens are estimated, not counted. */
async function openStudyModel(
  { choice, project }: StudyWork,
  options: StudyRunOptions,
  terminal: Terminal,
): Promise<OpenModel> {
  if (options.dryRun === true && choice.kind === 'anthropic' && !hasApiKey(terminal.env, project.root))
    return { paid: false, model: replayModel(choice) };
  return openModel(choice, project, openingBy(options, terminal));
}

interface Walking {
  opened: OpenModel;
  options: StudyRunOptions;
  store: Store;
  terminal: Terminal;
}

interface Walked {
  tally: Tally;
  asked: number;
  spent: Spent['usage'];
}

/** Asks the whole corpus; its results take the place of earlier ones only when all of it is there. */
async function walkAndWrite(work: StudyWork, walking: Walking): Promise<Walked> {
  const { loaded, out } = work;
  const { options, terminal } = walking;
  const tasks = [...loaded.suites.values()].map(({ suite }) => suite.task);
  const writer = await openResults(out, loaded.study, tasks);
  let isFinished = false;
  try {
    const walked = await interruptible(terminal, (signal) => walk(work, walking, writer, signal));
    refuseBad(walked.tally, options.maxBad, work, path.relative(terminal.cwd, badRecordsFile(out)));
    await writer.finish();
    isFinished = true;
    forgetEarlier(out);
    return walked;
  } finally {
    if (!isFinished) writer.abandon();
  }
}

/** What was said of the results before these: topics can be made anew from answers on record. */
function forgetEarlier(out: string): void {
  for (const file of [studyRecordFile(out), concernsFile(out)]) rmSync(file, { force: true });
}

async function walk(
  work: StudyWork,
  { opened, options, store, terminal }: Walking,
  writer: ResultsWriter,
  signal: AbortSignal,
): Promise<Walked> {
  const source =
    options.batch === true
      ? walkBatches(work, store, options, signal, terminal)
      : walkOneByOne(work, opened, store, options, signal);
  const badRecords = openBadRecords(badRecordsFile(work.out));
  const progress = progressOf(terminal);
  let tally = NOTHING_READ;
  let written = Promise.resolve();
  try {
    for await (const { studied, bad } of source.batches) {
      for (const record of bad) badRecords.write(record);
      tally = talliedWith(tally, studied.length, bad);
      // One batch is written while the next is asked.
      await written;
      written = writer.add(studied);
      written.catch(() => {});
      progress(tally.conversations);
    }
    await written;
  } finally {
    await written.catch(() => {});
    badRecords.close();
    source.close();
    progress(null);
  }
  const { asked, usage } = source.spent();
  return { tally, asked, spent: usage };
}

function walkOneByOne(
  work: StudyWork,
  { model }: OpenModel,
  store: Store,
  { limit, concurrency }: StudyRunOptions,
  signal: AbortSignal,
): { batches: AsyncIterable<StudiedBatch>; spent(): Spent; close(): void } {
  const asking = recordedOrAsked({ model, store, signal, clock: () => performance.now() });
  const study = askedStudy(work.loaded);
  const questions = studyQuestions(study);
  const { files, mapping } = work;
  const lookedUp = planAhead(
    { study, files, mapping, limit: limit ?? null },
    lookUpIn(store, keptUnder(model), questions),
  );
  const batches = walkLookedUp(lookedUp, { ...asking, questions, concurrency, signal });
  return { batches, spent: asking.spent, close: () => {} };
}

/** Of a model that costs nothing the share is known at the end; of others it was looked at before. */
function refuseBad(tally: Tally, maxBad: number, { files }: StudyWork, sideFile: string): void {
  const brokenOff = brokenOffProblems(tally, maxBad);
  if (brokenOff.length > 0) throw new InputError(brokenOff);
  if (badShare(tally) <= maxBad) return;
  const what = `${plural(tally.bad, 'record')}, ${percentBad(badShare(tally))} of all, cannot be read as conversations; --max-bad is ${percentBad(maxBad)}, and ${sideFile} names each`;
  const [first] = files;
  const file = files.length === 1 && first !== undefined ? first.shown : `${files.length} files`;
  throw new InputError([
    { file, line: null, id: null, what, mend: 'Mend them, add --map, or raise --max-bad' },
  ]);
}

/** Conversations so far, redrawn on a terminal; null wipes the line away. */
function progressOf(terminal: Terminal): (done: number | null) => void {
  if (!terminal.isInteractive) return () => {};
  return (done) =>
    terminal.err(done === null ? '\r\u001b[K' : `\r\u001b[K${done.toLocaleString('en')} conversations`);
}
