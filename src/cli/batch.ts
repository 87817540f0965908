import path from 'node:path';
import { type BatchApi, openBatchApi } from '../batch/batch-api.ts';
import { batchTable } from '../batch/batch-table.ts';
import { resumeBatches } from '../batch/resume-batches.ts';
import { priceOf } from '../cost/cost-of.ts';
import { loadPrices } from '../cost/load-prices.ts';
import { EXIT, IncompleteRunError, InputError } from '../errors/errors.ts';
import { readApiKey } from '../model/anthropic/api-key.ts';
import { openClient } from '../model/anthropic/client.ts';
import { systemTiming, type Timing } from '../model/anthropic/timing.ts';
import { findProject, type Project } from '../project/project.ts';
import { mendChoice, quote } from '../schema/check.ts';
import { type BatchLog, type LoggedBatch, openBatchLog } from '../store/batch-log.ts';
import { sqliteStore } from '../store/sqlite-store.ts';
import { interruptible } from './interrupt.ts';
import type { Terminal } from './terminal.ts';

export type BatchAction = 'list' | 'resume' | 'cancel';

export interface BatchOptions {
  /** A price file instead of the project's own. */
  prices?: string;
}

interface Context {
  project: Project;
  log: BatchLog;
  options: BatchOptions;
  terminal: Terminal;
  timing: Timing;
}

/**
 * `touchstone batch list|resume|cancel`: what was sent as batches. `resume` gives 0 when every answer is in
 * the store and 3 when some will never come; the next run asks those again.
 *
 * @param ids batches by the API's ids; all that are under way where empty, which `cancel` does not take
 */
export async function batchCommand(
  action: BatchAction,
  ids: string[],
  options: BatchOptions,
  terminal: Terminal,
  timing: Timing = systemTiming,
): Promise<number> {
  const project = findProject(terminal.cwd);
  const log = openBatchLog(project.store);
  const context = { project, log, options, terminal, timing };
  try {
    const chosen = chooseBatches(log.list(), ids, action);
    if (action === 'list') return await list(chosen, context);
    if (action === 'cancel') return await cancel(chosen, context);
    return await resume(chosen, context);
  } finally {
    log.end();
  }
}

async function list(batches: readonly LoggedBatch[], context: Context): Promise<number> {
  const { terminal, timing } = context;
  if (batches.length === 0) {
    terminal.out('No batch was sent: touchstone run --batch --model anthropic:… sends one.\n');
    return EXIT.held;
  }
  const states = await statesAtTheApi(batches.filter(isUnderWay), context);
  const table = batchTable(batches, states, timing.wallClock(), terminal.columns);
  terminal.out(`${table.join('\n')}\n`);
  return EXIT.held;
}

/** A list is worth having without a key or a network too. */
async function statesAtTheApi(
  batches: readonly LoggedBatch[],
  context: Context,
): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  if (batches.length === 0) return states;
  try {
    const { api } = openApi(batches, new AbortController().signal, 10, context);
    for (const { id, origin } of batches) {
      if (id === null || origin !== api.origin) continue;
      states.set(id, (await api.retrieve(id))?.processing_status ?? 'unknown');
    }
  } catch (error) {
    if (!(error instanceof InputError || error instanceof IncompleteRunError)) throw error;
    context.terminal.err(`The API was not asked how they are: ${error.message}\n`);
  }
  return states;
}

async function resume(batches: readonly LoggedBatch[], context: Context): Promise<number> {
  const { log, project, options, terminal, timing } = context;
  if (!batches.some(isUnderWay)) {
    terminal.out('No batch is under way.\n');
    return EXIT.held;
  }
  const file = options.prices === undefined ? null : path.resolve(terminal.cwd, options.prices);
  const prices = loadPrices(project.state, file);
  const numbers = new Set(batches.map(({ number }) => number));
  const store = sqliteStore(project.store);
  try {
    const resumed = await interruptible(terminal, (signal) => {
      const { api, onNotice } = openApi(batches.filter(isUnderWay), signal, 600, context);
      return resumeBatches(({ number, origin }) => numbers.has(number) && origin === api.origin, {
        ...{ api, log, store, timing, signal, onNotice },
        priceOf: (model) => priceOf(prices, model, { batch: true }),
        onProgress: (underWay) => {
          if (terminal.isInteractive) terminal.err(`\r\u001b[K${waitingText(underWay)}`);
        },
      });
    });
    const { closed, unanswered, gone } = resumed;
    terminal.out(`${plural(closed, 'batch', 'batches')} taken in.\n`);
    if (gone > 0) terminal.out(`${plural(gone, 'batch', 'batches')} never reached the API.\n`);
    if (unanswered + gone === 0) return EXIT.held;
    const what = unanswered === 0 ? '' : `${plural(unanswered, 'request', 'requests')} without an answer. `;
    terminal.out(`${what}The next touchstone run --batch asks what is missing.\n`);
    return EXIT.incomplete;
  } finally {
    store.close();
  }
}

async function cancel(batches: readonly LoggedBatch[], context: Context): Promise<number> {
  const { log, terminal } = context;
  const { api } = openApi(batches, new AbortController().signal, 60, context);
  for (const { number, id } of batches.filter(isUnderWay)) {
    if (id === null) continue;
    const view = await api.cancel(id);
    if (view === null) log.close(number, null);
    terminal.out(`${id}: ${cancelText(view?.processing_status ?? null)}\n`);
  }
  return EXIT.held;
}

function cancelText(state: string | null): string {
  if (state === null) return 'unknown to the API under this key, and forgotten';
  const rest = 'touchstone batch resume takes the answers it has';
  return state === 'ended' ? `ended already; ${rest}` : `is being canceled; ${rest}`;
}

function openApi(
  [first]: readonly LoggedBatch[],
  signal: AbortSignal,
  patienceSeconds: number,
  { project, terminal, timing }: Context,
): { api: BatchApi; onNotice: (text: string) => void } {
  const client = openClient(readApiKey(terminal.env, project.root), terminal.env.ANTHROPIC_BASE_URL);
  const onNotice = (text: string) => terminal.err(`${text}.\n`);
  const model = first?.model ?? '';
  return { api: openBatchApi({ client, model, signal, timing, patienceSeconds, onNotice }), onNotice };
}

function chooseBatches(
  all: readonly LoggedBatch[],
  ids: readonly string[],
  action: BatchAction,
): LoggedBatch[] {
  const known = all.flatMap(({ id }) => id ?? []);
  const problem = (what: string, mend: string) => {
    return { file: `batch ${action}`, line: null, id: null, what, mend };
  };
  const problems = ids
    .filter((id) => !known.includes(id))
    .map((id) => problem(`no batch ${quote(id)} was sent from here`, mendChoice(id, known)));
  if (action === 'cancel' && ids.length === 0)
    problems.push(problem('which one is not said', 'Name it: touchstone batch list shows them'));
  if (problems.length > 0) throw new InputError(problems);
  return all.filter(({ id }) => ids.length === 0 || (id !== null && ids.includes(id)));
}

function isUnderWay({ state }: LoggedBatch): boolean {
  return state !== 'closed';
}

function waitingText(underWay: readonly LoggedBatch[]): string {
  return underWay.length === 0 ? '' : `waiting for ${plural(underWay.length, 'batch', 'batches')}`;
}

function plural(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}
