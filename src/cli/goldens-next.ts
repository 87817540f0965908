import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { askPool, missingRequests, poolQuestions } from '../active-learning/ask-pool.ts';
import { type Chosen, chooseBatch } from '../active-learning/choose-batch.ts';
import { freshConversations } from '../active-learning/fresh-conversations.ts';
import { type Pool, readPool } from '../active-learning/read-pool.ts';
import { openBadRecords } from '../corpus/bad-records.ts';
import { badShare } from '../corpus/tally.ts';
import { EXIT, IncompleteRunError, InputError } from '../errors/errors.ts';
import { addUsage } from '../model/model.ts';
import { findProject, type Project } from '../project/project.ts';
import { type NextReport, renderNext } from '../report/terminal/next-conversations.ts';
import { safeJson, safeText } from '../report/terminal/safe-text.ts';
import { plural } from '../score/metric-text.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import { announceCost } from './announce-cost.ts';
import type { AskingOptions } from './asking-options.ts';
import { interruptible } from './interrupt.ts';
import { type NextWork, readNextWork } from './next-work.ts';
import { progressLine } from './progress.ts';
import { studyStoreFile } from './study-work.ts';
import type { Terminal } from './terminal.ts';
import { writeBatch } from './write-batch.ts';

export interface NextOptions extends AskingOptions {
  from: string;
  n: number;
  model?: string[];
  prompt?: string[];
  map?: string;
  seed: number;
  limit: number;
  /** Share of records. */
  maxBad: number;
  out: string;
  goldens?: string;
  json?: boolean;
}

/**
 * `touchstone goldens next`: draws from a corpus, asks what its conversations are, and writes those that would teach
 * most as a file for `goldens add`. Answers are kept where a study's are, so that the same command goes on after a
 * stop, and a study of the corpus asks nothing twice.
 *
 * @throws InputError where anything the user gave is wrong; IncompleteRunError where it was stopped, the cost was
 * refused or no model answered
 */
export async function goldensNextCommand(
  suites: string[],
  options: NextOptions,
  terminal: Terminal,
): Promise<number> {
  const project = findProject(terminal.cwd);
  const work = await readNextWork(suites, options, project, terminal);
  const pool = await drawPool(work, options, project, terminal);
  const fresh = freshConversations(pool.conversations, work.goldens.values());
  const questions = poolQuestions(fresh.conversations, work.suites);
  const store = sqliteStore(studyStoreFile(project));
  let asked: Awaited<ReturnType<typeof askPool>>;
  try {
    const announced = work.models.map(({ opened }) => ({
      what: opened.model.id,
      opened,
      missing: () => missingRequests(questions, opened.model, store),
    }));
    await announceCost(announced, options, terminal);
    asked = await interruptible(terminal, (signal) =>
      askPool(
        fresh.conversations,
        questions,
        work.models.map(({ opened }) => opened.model),
        {
          ...{ store, concurrency: options.concurrency, signal, clock: () => performance.now() },
          onProgress: progressLine(terminal, 'next'),
        },
      ),
    );
  } finally {
    store.close();
  }
  refuseIfNothingAnswered(asked);
  const chosen = chooseBatch(asked.candidates, work.inGoldens, options.n);
  const shownOut = path.relative(terminal.cwd, work.out);
  if (chosen.length > 0) writeBatch(work.out, chosen.map(lineOf).join(''), shownOut);
  const report: NextReport = {
    ...{ corpus: options.from, records: pool.records, bad: pool.bad, notDrawn: pool.notDrawn },
    ...{ likeGolden: fresh.likeGolden, likeOther: fresh.likeOther, candidates: fresh.conversations.length },
    models: work.models.map(({ opened }) => opened.model.id),
    runs: Math.max(...work.suites.map(({ prompts }) => prompts.length)) * work.models.length,
    asked: asked.spent.reduce((sum, spent) => sum + spent.asked, 0),
    usd: addUsage(asked.spent.map(({ usage }) => usage)).cost_usd,
    failed: asked.failed.length,
    out: chosen.length === 0 ? null : shownOut,
    goldens: options.goldens ?? null,
    suites,
    chosen: chosen.map(({ conversation: { id, lang }, ...rest }) => ({ id, lang, ...rest })),
  };
  if (options.json === true)
    terminal.out(`${safeJson({ touchstone: 'goldens-next', version: 1, ...report }, 2)}\n`);
  else terminal.out(renderNext(report, { chalk: terminal.chalk, columns: terminal.columns }));
  return EXIT.held;
}

/** @throws InputError where too many records cannot be goldens */
async function drawPool(
  { files, mapping }: NextWork,
  { limit, seed, maxBad }: NextOptions,
  project: Project,
  terminal: Terminal,
): Promise<Pool> {
  const sideFile = path.join(project.state, 'label', 'next-bad-records.jsonl');
  const shown = path.relative(terminal.cwd, sideFile);
  const badRecords = openBadRecords(sideFile);
  try {
    const onBad = (record: { file: string; line: number; what: string }) =>
      badRecords.write({ kind: 'bad', ...record });
    const pool = await interruptible(terminal, (signal) =>
      readPool(files, { mapping, limit, seed, signal, onBad }),
    );
    const tally = { conversations: pool.records - pool.bad, bad: pool.bad };
    const words = `${plural(pool.bad, 'record')} of ${pool.records.toLocaleString('en')} cannot be goldens; ${shown} names each`;
    if (pool.bad > 0) terminal.err(`${safeText(words)}\n`);
    if (badShare(tally) <= maxBad) return pool;
    const what = `${(badShare(tally) * 100).toFixed(1)}% of the records cannot be goldens; --max-bad is ${(maxBad * 100).toFixed(1)}%`;
    const mend = 'Mend them, add --map, or raise --max-bad';
    throw new InputError([{ file: files[0]?.shown ?? '--from', line: null, id: null, what, mend }]);
  } finally {
    badRecords.close();
  }
}

function refuseIfNothingAnswered({ answered, failed }: { answered: number; failed: string[] }): void {
  if (answered > 0 || failed.length === 0) return;
  const what = `No model answered any of ${plural(failed.length, 'question')}: ${failed[0] ?? ''}`;
  throw new IncompleteRunError(what, 'Run again when it does.');
}

/** A conversation in the project's format, of which `goldens add` makes a golden; nobody reads `why` but people. */
function lineOf({ conversation: { id, lang, messages }, why }: Chosen): string {
  return `${JSON.stringify({ id, ...(lang === null ? {} : { lang }), tags: [], messages, why })}\n`;
}
