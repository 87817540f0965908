import path from 'node:path';
import { readFirst } from '../corpus/read-first.ts';
import { priceOf } from '../cost/cost-of.ts';
import { loadPrices } from '../cost/load-prices.ts';
import { readApiKey } from '../model/anthropic/api-key.ts';
import { openClient } from '../model/anthropic/client.ts';
import { addUsage, NO_USAGE } from '../model/model.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { openBatchLog } from '../store/batch-log.ts';
import type { Store } from '../store/store.ts';
import { studyQuestions } from '../study/ask-conversation.ts';
import type { Spent } from '../study/recorded-or-asked.ts';
import { studyKey } from '../study/recorded-or-asked.ts';
import type { StudiedBatch } from '../study/walk-corpus.ts';
import { walkInBatches } from '../study/walk-in-batches.ts';
import { requireBatchModel } from './run-batches.ts';
import { type StudyRunOptions, type StudyWork, studyStoreFile } from './study-work.ts';
import type { Terminal } from './terminal.ts';

export interface BatchWalk {
  batches: AsyncIterable<StudiedBatch>;
  spent(): Spent;
  close(): void;
}

/** Has a corpus asked through the Message Batches API, and gives it with all answers. */
export function walkBatches(
  work: StudyWork,
  store: Store,
  options: StudyRunOptions,
  signal: AbortSignal,
  terminal: Terminal,
): BatchWalk {
  const { choice, project, loaded } = work;
  requireBatchModel(choice);
  const prices = loadPrices(
    project.state,
    options.prices === undefined ? null : path.resolve(terminal.cwd, options.prices),
  );
  const model = { id: `anthropic:${choice.name}`, revision: null };
  const log = openBatchLog(studyStoreFile(project));
  let spent: Spent = { asked: 0, usage: NO_USAGE };
  const batches = walkInBatches(
    () => readFirst(work.files, { mapping: work.mapping, limit: options.limit ?? null }),
    {
      questions: studyQuestions(loaded),
      client: openClient(readApiKey(terminal.env, project.root), undefined),
      model: choice.name,
      price: priceOf(prices, choice.name, { batch: true }),
      store,
      keyOf: (question) => studyKey(question, model),
      log,
      signal,
      patienceSeconds: options.patience,
      onAnswer: ({ usage }) => {
        spent = { asked: spent.asked + 1, usage: addUsage([spent.usage, usage]) };
      },
      onProgress: ({ pass, read, answered, atTheApi }) => {
        if (!terminal.isInteractive) return;
        const counts = [read, answered, atTheApi].map((count) => count.toLocaleString('en'));
        terminal.err(
          `\r\u001b[K[${pass}] ${counts[0]} conversations read, ${counts[1]} answered, ${counts[2]} at the API`,
        );
      },
      onNotice: (text) => terminal.err(`${safeText(text)}\n`),
    },
  );
  return { batches, spent: () => spent, close: () => log.end() };
}
