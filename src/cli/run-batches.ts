import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { answerKey, missingQuestions, type PreparedAnswers, questionName } from '../ask/ask.ts';
import { askInBatches } from '../batch/ask-in-batches.ts';
import { priceOf } from '../cost/cost-of.ts';
import { loadPrices } from '../cost/load-prices.ts';
import { InputError } from '../errors/errors.ts';
import { readApiKey } from '../model/anthropic/api-key.ts';
import { openClient } from '../model/anthropic/client.ts';
import { type ModelChoice, modelIdOf } from '../model/model-choice.ts';
import type { SuiteWork } from '../project/load-work.ts';
import type { Project } from '../project/project.ts';
import { safeText } from '../report/terminal/safe-text.ts';
import { openBatchLog } from '../store/batch-log.ts';
import type { Store } from '../store/store.ts';
import { interruptible } from './interrupt.ts';
import { progressLine } from './progress.ts';
import type { Terminal } from './terminal.ts';

export interface BatchRunContext {
  project: Project;
  store: Store;
  options: { repeats: number; prices?: string; patience: number };
  terminal: Terminal;
}

type Askable = Exclude<ModelChoice, { kind: 'replay' }>;

/** Throws InputError where batches are asked for of a model that has none. */
export function requireBatchModel(
  choice: ModelChoice,
): asserts choice is Extract<ModelChoice, { kind: 'anthropic' }> {
  if (choice.kind === 'anthropic') return;
  const mend = 'Add --model anthropic:<model>, or leave --batch out';
  throw new InputError([{ file: '--batch', line: null, id: null, what: "is for Anthropic's models", mend }]);
}

/** Asks what is missing of all suites through the Message Batches API, side by side. */
export async function askBatches(
  work: readonly SuiteWork[],
  choice: Askable,
  { project, store, options, terminal }: BatchRunContext,
): Promise<Map<SuiteWork, PreparedAnswers>> {
  requireBatchModel(choice);
  const prices = loadPrices(
    project.state,
    options.prices === undefined ? null : path.resolve(terminal.cwd, options.prices),
  );
  const model = { id: modelIdOf(choice), revision: null };
  const client = openClient(readApiKey(terminal.env, project.root), undefined);
  const log = openBatchLog(project.store);
  const started = performance.now();
  try {
    const answered = await interruptible(terminal, (signal) =>
      Promise.all(
        work.map(async (each) => {
          const questions = missingQuestions(each.cases, { model, repeats: options.repeats, store });
          const answers = await askInBatches(questions, {
            client,
            model: choice.name,
            price: priceOf(prices, choice.name, { batch: true }),
            store,
            keyOf: (question) => answerKey(question, model),
            task: each.suite.task,
            log,
            signal,
            patienceSeconds: options.patience,
            onProgress: progressLine(terminal, each.suite.suite.name, 'answered in batches'),
            onNotice: (text) => terminal.err(`${safeText(text)}\n`),
          });
          const named = new Map([...answers].map(([question, answer]) => [questionName(question), answer]));
          return [each, named] as const;
        }),
      ),
    );
    const seconds = (performance.now() - started) / 1000;
    return new Map(answered.map(([each, answers]) => [each, { answers, seconds }]));
  } finally {
    log.end();
  }
}
