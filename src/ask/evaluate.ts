import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { Case } from '../plan/case.ts';
import type { Answer } from '../schema/run-record.ts';
import { fieldAgrees, usableLabel } from '../task/agree.ts';
import type { Task } from '../task/task.ts';
import type { EvaluationPlan, ForWorker, FromWorker, GradedAnswer, ToWorker } from './evaluation-messages.ts';

/** One case to be asked once. */
export interface Question {
  case: Case;
  /** 0-based. */
  repeat: number;
}

/** As much of a question as its evaluation needs. */
export interface Answerable {
  case: Pick<Case, 'id' | 'expected'>;
  repeat: number;
}

export interface EvaluateOptions {
  task: Task;
  prompt: string;
  model: string;
  concurrency: number;
  stateDirectory: string;
  /** Whether promptfoo's own viewer is to find the evaluation; not where absent. */
  isKept?: boolean;
}

export interface Evaluation {
  /** Hands over the answer to a question. */
  add(question: Answerable, answer: Answer): void;
  /** Resolves when promptfoo has evaluated every question. */
  finish(): Promise<void>;
  /** Ends it, with whatever was not evaluated left so. */
  cancel(): void;
}

/** Has promptfoo imported in the meantime, where it is known that questions will follow. */
export function prepareEvaluation(stateDirectory: string): void {
  const prepare: ForWorker = { kind: 'prepare', stateDirectory };
  runningWorker().postMessage(prepare);
}

/**
 * Begins to run questions through promptfoo's `evaluate`, in a thread of its own: its provider waits for the
 * answers that are added, an assertion per case names a score for each field. promptfoo renders variables as
 * templates and reads `file://` values, so it is given case ids and never a conversation's text.
 */
export function beginEvaluation(questions: readonly Answerable[], options: EvaluateOptions): Evaluation {
  const { task, prompt, model, concurrency, stateDirectory, isKept = false } = options;
  const indexOf = new Map(questions.map((question, index) => [question, index]));
  const plan: EvaluationPlan = {
    questions: questions.map(({ case: { id }, repeat }) => ({ id, repeat })),
    prompt,
    model,
    concurrency,
    stateDirectory,
    isKept,
  };
  const { port1: port, port2 } = new MessageChannel();
  const post = (message: ToWorker) => port.postMessage(message);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  promise.catch(() => {});
  port.on('message', (message: FromWorker) => {
    if (message.kind === 'evaluated') resolve();
    else reject(new Error(message.reason));
  });
  port.on('close', () => reject(new Error('promptfoo ended before it had evaluated every case')));
  const begin: ForWorker = { kind: 'evaluate', plan, port: port2 };
  runningWorker().postMessage(begin, [port2]);
  return {
    add: (question, answer) => {
      const index = indexOf.get(question);
      if (index === undefined) throw new Error(`not among the questions: ${question.case.id}`);
      post({ kind: 'answer', index, answer: gradeAnswer(task, question.case, answer) });
    },
    finish: () => promise,
    cancel: () => {
      post({ kind: 'cancel' });
      port.unref();
    },
  };
}

/**
 * One for the process, since promptfoo takes more than a second to import; it keeps no process alive. Two heaps
 * would take more memory than one: what V8 sets aside for short-lived objects is kept small in both.
 */
let worker: Worker | null = null;

function runningWorker(): Worker {
  if (worker !== null) return worker;
  setFlagsFromString('--semi-space-growth-factor=1');
  const started = new Worker(new URL(`./promptfoo-worker${path.extname(import.meta.url)}`, import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  started.unref();
  started.on('exit', () => {
    worker = null;
  });
  worker = started;
  return started;
}

function gradeAnswer(task: Task, { expected }: Pick<Case, 'expected'>, answer: Answer): GradedAnswer {
  return { response: providerResponse(answer), grade: grade(task, expected, answer) };
}

function providerResponse(answer: Answer): GradedAnswer['response'] {
  const { input_tokens: prompt, output_tokens: completion, cost_usd: cost } = answer.usage;
  const response = {
    tokenUsage: { prompt, completion, total: prompt + completion, numRequests: 1 },
    latencyMs: answer.latency_ms,
    ...(cost === null ? {} : { cost }),
  };
  return answer.status === 'answered'
    ? { ...response, output: JSON.stringify(answer.label) }
    : { ...response, output: answer.status, isRefusal: answer.status === 'refused' };
}

function grade(task: Task, expected: Case['expected'], answer: Answer): GradedAnswer['grade'] {
  const given = usableLabel(answer);
  const agreements = Object.keys(task.fields)
    .map((field) => [field, fieldAgrees(task, field, expected, given)] as const)
    .filter(([, agrees]) => agrees !== null);
  const right = agreements.filter(([, agrees]) => agrees).length;
  const pass = given !== null && right === agreements.length;
  return {
    pass,
    score: agreements.length === 0 ? 1 : right / agreements.length,
    reason: pass ? 'every field as expected' : `expected ${JSON.stringify(expected)}`,
    namedScores: Object.fromEntries(agreements.map(([field, agrees]) => [field, Number(agrees)])),
  };
}
