import { execFile } from 'node:child_process';
import type { Question } from '../src/ask/evaluate.ts';
import { askInBatches, type BatchContext } from '../src/batch/ask-in-batches.ts';
import { priceOf } from '../src/cost/cost-of.ts';
import { loadPrices } from '../src/cost/load-prices.ts';
import { openClient } from '../src/model/anthropic/client.ts';
import type { Timing } from '../src/model/anthropic/timing.ts';
import { loadWork, type SuiteWork } from '../src/project/load-work.ts';
import { findProject } from '../src/project/project.ts';
import { openBatchLog } from '../src/store/batch-log.ts';
import { sqliteStore } from '../src/store/sqlite-store.ts';
import { type Api, type ApiOptions, startApi, TEST_KEY } from './anthropic-api/start-api.ts';
import { colorProject } from './color-classifier.ts';
import { makeWorkspace } from './workspace.ts';

export const MODEL = 'claude-haiku-5-5';
const cleanUps: (() => Promise<void> | void)[] = [];

/** Closes all that was opened. */
export async function closeAll(): Promise<void> {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
}

/** Waiting takes no time: the clock moves on by what was to be waited. */
export function instantTiming(): Timing {
  let now = 0;
  return {
    clock: () => now,
    wallClock: () => Date.now() + now,
    random: () => 0.5,
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
  };
}

/** A stand-in for the API. */
export async function openApi(options: ApiOptions = {}): Promise<Api> {
  const api = await startApi(options);
  cleanUps.push(() => api.close());
  return api;
}

function loadColor(cwd: string): SuiteWork {
  const [work] = loadWork(findProject(cwd), { suites: [], model: `anthropic:${MODEL}`, cwd });
  if (work === undefined) throw new Error('no suite');
  return work;
}

/** A project, and all that asking its questions in batches takes. */
export function openRun(api: Api, cwd = makeWorkspace(colorProject()), given: Partial<BatchContext> = {}) {
  const project = findProject(cwd);
  const work = loadColor(cwd);
  const questions = work.cases.map((each): Question => ({ case: each, repeat: 0 }));
  const notices: string[] = [];
  const store = sqliteStore(project.store);
  const log = openBatchLog(project.store);
  cleanUps.push(() => {
    store.close();
    log.end();
  });
  const context: BatchContext = {
    client: openClient(TEST_KEY, api.url),
    model: MODEL,
    price: priceOf(loadPrices(project.state, null), MODEL, { batch: true }),
    store,
    keyOf: ({ case: { requestHash }, repeat }) => {
      return { request: requestHash, model: `anthropic:${MODEL}`, repeat };
    },
    task: work.suite.task,
    log,
    signal: new AbortController().signal,
    timing: instantTiming(),
    onProgress: () => {},
    onNotice: (text) => notices.push(text),
    ...given,
  };
  return { cwd, project, questions, store, log, notices, context };
}

export const ask = ({ questions, context }: Pick<ReturnType<typeof openRun>, 'questions' | 'context'>) =>
  askInBatches(questions, context);
/** Answers by case and repeat, to compare runs. */
export const byCase = (answers: ReadonlyMap<Question, unknown>) =>
  new Map([...answers].map(([question, answer]) => [`${question.case.id} ${question.repeat}`, answer]));
/** Answers of a run that nothing disturbed. */
export const undisturbed = async () => byCase(await ask(openRun(await openApi())));
/** Requests of every batch that the API has, ascending. */
export const sizes = (api: Api) => api.batches.map(({ requests }) => requests.length).sort((a, b) => a - b);

/** Where a process that asks in batches is killed: its n-th call of this function. */
export const POINTS = {
  /** The intent is stored, nothing was sent. */
  intend: 'after(log, "intend", 1)',
  /** Right before the call. */
  creating: 'after(log, "creating", 1)',
  /** The API has the batch, and its id is stored nowhere. */
  identified: 'before(log, "identified", 1)',
  /** The same, with one of several batches. */
  'identified the second': 'before(log, "identified", 2)',
  polling: 'before(timing, "sleep", 2)',
  'reading the first result': 'before(store, "put", 1)',
  'reading a later result': 'after(store, "put", 20)',
  'all results read': 'before(log, "close", 1)',
} as const;

/** Asks in a process of its own, which kills itself. */
export function killed(point: keyof typeof POINTS, cwd: string, url: string, requests = 1000): Promise<void> {
  const from = (file: string) => JSON.stringify(new URL(`../src/${file}`, import.meta.url).href);
  const script = `
    const { askInBatches } = await import(${from('batch/ask-in-batches.ts')});
    const { priceOf } = await import(${from('cost/cost-of.ts')});
    const { loadPrices } = await import(${from('cost/load-prices.ts')});
    const { openClient } = await import(${from('model/anthropic/client.ts')});
    const { loadWork } = await import(${from('project/load-work.ts')});
    const { findProject } = await import(${from('project/project.ts')});
    const { openBatchLog } = await import(${from('store/batch-log.ts')});
    const { sqliteStore } = await import(${from('store/sqlite-store.ts')});
    const cwd = ${JSON.stringify(cwd)};
    const project = findProject(cwd);
    const [work] = loadWork(project, { suites: [], model: 'anthropic:${MODEL}', cwd });
    const store = sqliteStore(project.store);
    const log = openBatchLog(project.store);
    const timing = { clock: () => 0, wallClock: () => Date.now(), random: () => 0.5, sleep: async () => {} };
    const die = () => process.kill(process.pid, 'SIGKILL');
    const wrap = (object, name, count, order) => {
      const inner = object[name];
      let calls = 0;
      object[name] = (...args) => {
        calls += 1;
        if (order === 'before' && calls === count) die();
        const result = inner(...args);
        if (order === 'after' && calls === count) die();
        return result;
      };
    };
    const before = (object, name, count) => wrap(object, name, count, 'before');
    const after = (object, name, count) => wrap(object, name, count, 'after');
    ${POINTS[point]};
    await askInBatches(work.cases.map((each) => ({ case: each, repeat: 0 })), {
      client: openClient(${JSON.stringify(TEST_KEY)}, ${JSON.stringify(url)}),
      model: '${MODEL}', store,
      price: priceOf(loadPrices(project.state, null), '${MODEL}', { batch: true }), log, timing, task: work.suite.task,
      keyOf: ({ case: { requestHash }, repeat }) => ({ request: requestHash, model: 'anthropic:${MODEL}', repeat }),
      signal: new AbortController().signal, limits: { requests: ${requests}, bytes: 1e9 },
      onProgress: () => {}, onNotice: () => {},
    });`;
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--input-type=module', '-e', script], (error, _out, err) => {
      if (error?.signal === 'SIGKILL') resolve();
      else reject(new Error(`the process was not killed: ${err}`));
    });
  });
}
