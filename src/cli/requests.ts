import path from 'node:path';
import { anthropicName } from '../batch/anthropic-name.ts';
import { batchRequest, customId } from '../batch/batch-request.ts';
import { BATCH_LIMITS, type BatchLimits } from '../batch/split-requests.ts';
import { writeRequests } from '../batch/write-requests.ts';
import { EXIT, InputError } from '../errors/errors.ts';
import { loadWork } from '../project/load-work.ts';
import { findProject } from '../project/project.ts';
import { type BatchLog, openBatchLog } from '../store/batch-log.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import type { Terminal } from './terminal.ts';

export interface RequestsOptions {
  /** Where to write. */
  out: string;
  model: string;
  goldens?: string;
  prompt?: string;
  filter?: string[];
  limit?: number;
  repeats: number;
}

/** `touchstone requests`: writes the questions without an answer as a file for the Message Batches API. */
export function requestsCommand(
  names: string[],
  options: RequestsOptions,
  terminal: Terminal,
  limits: BatchLimits = BATCH_LIMITS,
): number {
  const project = findProject(terminal.cwd);
  const name = anthropicName(options.model);
  const model = `anthropic:${name}`;
  const work = loadWork(project, { ...options, model, suites: names, cwd: terminal.cwd });
  const store = sqliteStore(project.store);
  const log = openBatchLog(project.store);
  try {
    const questions = work.flatMap(({ cases }) =>
      cases.flatMap((each) =>
        Array.from({ length: options.repeats }, (_, repeat) => ({ case: each, repeat })),
      ),
    );
    const unanswered = questions.filter(
      ({ case: { requestHash: request }, repeat }) => store.get({ request, model, repeat }) === null,
    );
    const missing = new Map(
      unanswered.map((question) => [customId(question.case.requestHash, question.repeat), question]),
    );
    const underWay = idsUnderWay(log, name).filter((id) => missing.delete(id)).length;
    if (underWay > 0) {
      const how = 'touchstone batch resume takes their answers';
      terminal.out(`${underWay} more are in batches under way and left out: ${how}.\n`);
    }
    if (missing.size === 0) {
      terminal.out('Nothing is missing: no file was written.\n');
      return EXIT.held;
    }
    const requests = [...missing.values()].map((question) => () => batchRequest(question, name));
    for (const part of write(path.resolve(terminal.cwd, options.out), options.out, requests, limits)) {
      const shown = path.relative(terminal.cwd, part.file);
      terminal.out(`${shown}: ${part.requests} ${part.requests === 1 ? 'request' : 'requests'}\n`);
    }
    terminal.out(
      `The conversations are in it, for the owner alone to read. Then: touchstone ingest RESULTS --model ${model}\n`,
    );
    return EXIT.held;
  } finally {
    log.end();
    store.close();
  }
}

function idsUnderWay(log: BatchLog, model: string): string[] {
  return log
    .list()
    .filter((batch) => batch.state !== 'closed' && batch.model === model)
    .flatMap(({ number }) => log.requestsOf(number).map((request) => request.customId));
}

function write(
  file: string,
  shownAs: string,
  requests: Parameters<typeof writeRequests>[1],
  limits: BatchLimits,
): ReturnType<typeof writeRequests> {
  try {
    return writeRequests(file, requests, limits);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const mend = 'Give --out a file in a folder that is there';
    throw new InputError([
      { file: shownAs, line: null, id: null, what: `cannot be written (${code})`, mend },
    ]);
  }
}
