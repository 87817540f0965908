import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { anthropicName } from '../batch/anthropic-name.ts';
import { hashStart } from '../batch/batch-request.ts';
import { type AnswerableQuestion, type Fate, ingestResults } from '../batch/ingest-results.ts';
import { streamJsonLines } from '../batch/stream-json-lines.ts';
import { priceOf } from '../cost/cost-of.ts';
import { loadPrices } from '../cost/load-prices.ts';
import { EXIT, InputError } from '../errors/errors.ts';
import { loadWork } from '../project/load-work.ts';
import { findProject, type Project } from '../project/project.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import type { Terminal } from './terminal.ts';

export interface IngestOptions {
  /** Which model was asked. */
  model: string;
  goldens?: string;
  /** Suites by name; all where absent. */
  suite?: string[];
  /** A prompt that was tried instead of the suite's own; for one suite. */
  prompt?: string;
  /** A price file instead of the project's own. */
  prices?: string;
}

/** Fates in the order they are told, and what each means. */
const FATES: readonly (readonly [Fate, string])[] = [
  ['taken', 'taken into the store'],
  ['stored before', 'stored before'],
  ['twice in the file', 'skipped: the same id stands on an earlier line'],
  [
    'unknown',
    "skipped: no such question today; its prompt, suite or conversation has changed, or it is another project's",
  ],
  ['by another model', 'skipped: answered by another model than --model says'],
  ['errored', 'skipped: the API gave an error or no usable message'],
  ['expired', 'skipped: expired before it was asked'],
  ['canceled', 'skipped: canceled'],
  ['no result', 'skipped: not a whole line of the result format'],
];
const LINES_SHOWN = 5;

/**
 * `touchstone ingest`: takes files of Message Batches results into the store. Gives 0 where answers were
 * taken or stored before, 2 where the files hold no result for today's questions, 3 where all are without
 * an answer.
 */
export async function ingestCommand(
  files: string[],
  options: IngestOptions,
  terminal: Terminal,
): Promise<number> {
  const project = findProject(terminal.cwd);
  const model = anthropicName(options.model);
  requireFiles(files, terminal.cwd);
  const questions = answerableQuestions(project, model, options, terminal);
  const pricesFile = options.prices === undefined ? null : path.resolve(terminal.cwd, options.prices);
  const price = priceOf(loadPrices(project.state, pricesFile), model, { batch: true });
  const store = sqliteStore(project.store);
  const all = new Set<Fate>();
  try {
    for (const file of files) {
      const lines = streamJsonLines(path.resolve(terminal.cwd, file));
      const fates = await ingestResults(lines, { store, model, price, questions });
      terminal.out(describe(file, fates));
      for (const fate of fates.keys()) all.add(fate);
    }
  } finally {
    store.close();
  }
  if (all.has('taken') || all.has('stored before')) return EXIT.held;
  const isUnanswered = all.has('errored') || all.has('expired') || all.has('canceled');
  return isUnanswered ? EXIT.incomplete : EXIT.wrongInput;
}

function answerableQuestions(
  project: Project,
  model: string,
  options: IngestOptions,
  { cwd }: Terminal,
): Map<string, AnswerableQuestion> {
  const { goldens, prompt } = options;
  const work = loadWork(project, {
    ...(goldens === undefined ? {} : { goldens }),
    ...(prompt === undefined ? {} : { prompt }),
    suites: options.suite ?? [],
    model: `anthropic:${model}`,
    cwd,
  });
  return new Map(
    work.flatMap(({ suite, cases }) =>
      cases.map(({ requestHash: request }) => [hashStart(request), { request, task: suite.task }] as const),
    ),
  );
}

function requireFiles(files: readonly string[], cwd: string): void {
  const problems = files.flatMap((file) => {
    try {
      accessSync(path.resolve(cwd, file), constants.R_OK);
      if (!statSync(path.resolve(cwd, file)).isDirectory()) return [];
      return [{ file, line: null, id: null, what: 'is a folder', mend: 'Give the files in it' }];
    } catch {
      const mend = 'Give the file of results that the API gave';
      return [{ file, line: null, id: null, what: 'cannot be read', mend }];
    }
  });
  if (problems.length > 0) throw new InputError(problems);
}

function describe(file: string, fates: ReadonlyMap<Fate, readonly number[]>): string {
  const rows = FATES.flatMap(([fate, meaning]) => {
    const lines = fates.get(fate) ?? [];
    if (lines.length === 0) return [];
    const isSkipped = fate !== 'taken' && fate !== 'stored before';
    return [`  ${lines.length} ${meaning}${isSkipped ? ` (${lineText(lines)})` : ''}\n`];
  });
  return `${file}:\n${rows.length === 0 ? '  nothing: the file is empty\n' : rows.join('')}`;
}

function lineText(lines: readonly number[]): string {
  const shown = lines.slice(0, LINES_SHOWN).join(', ');
  const more = lines.length > LINES_SHOWN ? ', …' : '';
  return `${lines.length === 1 ? 'line' : 'lines'} ${shown}${more}`;
}
