import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findCorpusFiles } from '../src/corpus/find-files.ts';
import { readCorpus } from '../src/corpus/read-corpus.ts';
import { priceOf } from '../src/cost/cost-of.ts';
import { loadPrices } from '../src/cost/load-prices.ts';
import { openClient } from '../src/model/anthropic/client.ts';
import { projectAt } from '../src/project/project.ts';
import { openBatchLog } from '../src/store/batch-log.ts';
import { sqliteStore } from '../src/store/sqlite-store.ts';
import { type StudiedConversation, studyQuestions } from '../src/study/ask-conversation.ts';
import { type LoadedStudy, loadStudy } from '../src/study/load-study.ts';
import { studyKey } from '../src/study/recorded-or-asked.ts';
import { type BatchWalkOptions, walkInBatches } from '../src/study/walk-in-batches.ts';
import { type Api, TEST_KEY } from './anthropic-api/start-api.ts';
import { instantTiming, MODEL } from './batch-run.ts';
import { makeWorkspace, REPOSITORY } from './workspace.ts';

const CONVERSATIONS = 30;

/** The study that comes with the project. */
export function shippedStudy(): LoadedStudy {
  const { root, suites } = projectAt(REPOSITORY);
  const { study, problems } = loadStudy('affective-use', {
    root,
    suites,
    studies: path.join(root, 'studies'),
  });
  if (study === null) throw new Error(JSON.stringify(problems));
  return study;
}

/** The first goldens as a corpus, the last of them twice and a bad record between, in a folder of its own. */
export function smallCorpus(conversations = CONVERSATIONS): string {
  const lines = readFileSync(path.join(REPOSITORY, 'goldens', 'conversations.jsonl'), 'utf8').split('\n');
  const chosen = lines.slice(0, conversations);
  return makeWorkspace({ 'corpus.jsonl': [...chosen, '{"id": 1}', chosen.at(-1), ''].join('\n') });
}

/** Opens the corpus of a folder, each time from its beginning. */
export const corpusOf = (cwd: string) => () =>
  readCorpus(findCorpusFiles('corpus.jsonl', cwd), { mapping: null });

/** All that asking the study's questions of a folder's corpus takes. */
export function openStudy(api: Pick<Api, 'url'>, cwd: string, given: Partial<BatchWalkOptions> = {}) {
  const file = path.join(cwd, 'store.sqlite');
  const store = sqliteStore(file);
  const log = openBatchLog(file);
  const notices: string[] = [];
  const options: BatchWalkOptions = {
    questions: studyQuestions(shippedStudy()),
    client: openClient(TEST_KEY, api.url),
    model: MODEL,
    price: priceOf(loadPrices(cwd, null), MODEL, { batch: true }),
    store,
    keyOf: (question) => studyKey(question, { id: `anthropic:${MODEL}`, revision: null }),
    log,
    signal: new AbortController().signal,
    timing: instantTiming(),
    onAnswer: () => {},
    onProgress: () => {},
    onNotice: (text) => notices.push(text),
    ...given,
  };
  return { options, store, log, notices };
}

/** Walks to the end; the store and the log are closed then. */
export async function studyAll(
  api: Pick<Api, 'url'>,
  cwd: string,
  given: Partial<BatchWalkOptions> = {},
): Promise<StudiedConversation[]> {
  const { options, store, log } = openStudy(api, cwd, given);
  try {
    const studied: StudiedConversation[] = [];
    for await (const batch of walkInBatches(corpusOf(cwd), options)) studied.push(...batch.studied);
    return studied;
  } finally {
    log.end();
    store.close();
  }
}

/** Studies in a process of its own, which kills itself: its n-th call of a function. */
export function killedStudy(
  { object, name, call, order }: Kill,
  cwd: string,
  url: string,
  requests: number,
): Promise<void> {
  const script = `
    const { openStudy, corpusOf } = await import(${JSON.stringify(import.meta.url)});
    const { walkInBatches } = await import(${JSON.stringify(new URL('../src/study/walk-in-batches.ts', import.meta.url).href)});
    const cwd = ${JSON.stringify(cwd)};
    const { options } = openStudy({ url: ${JSON.stringify(url)} }, cwd, {
      limits: { requests: ${requests}, bytes: 1e9 }, inFlight: 3,
    });
    const inner = options.${object}.${name};
    let calls = 0;
    options.${object}.${name} = (...args) => {
      calls += 1;
      if (${order === 'before'} && calls === ${call}) process.kill(process.pid, 'SIGKILL');
      const result = inner(...args);
      if (${order === 'after'} && calls === ${call}) process.kill(process.pid, 'SIGKILL');
      return result;
    };
    for await (const batch of walkInBatches(corpusOf(cwd), options)) batch;`;
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--input-type=module', '-e', script], (error, _out, err) => {
      if (error?.signal === 'SIGKILL') resolve();
      else reject(new Error(`the process was not killed: ${err}`));
    });
  });
}

export interface Kill {
  object: 'log' | 'store' | 'timing';
  name: string;
  call: number;
  order: 'before' | 'after';
}
