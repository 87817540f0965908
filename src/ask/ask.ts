import { type Model, NO_USAGE } from '../model/model.ts';
import type { Case } from '../plan/case.ts';
import type { Answer } from '../schema/run-record.ts';
import type { Store } from '../store/store.ts';
import type { Task } from '../task/task.ts';
import { askCase } from './answer.ts';
import { evaluateQuestions, type Question } from './evaluate.ts';

export interface AskOptions {
  task: Task;
  /** Shown by promptfoo's viewer. */
  prompt: string;
  model: Model;
  /** How often each case is asked. */
  repeats: number;
  concurrency: number;
  store: Store;
  /** Where promptfoo keeps its state. */
  stateDirectory: string;
  signal: AbortSignal;
  /** Monotonic milliseconds. */
  clock: () => number;
  onProgress: (done: number, total: number) => void;
}

export interface Asked {
  /** By case id, one answer per repeat. */
  answers: ReadonlyMap<string, readonly Answer[]>;
  /** How many answers the model gave just now; the rest were in the store. */
  asked: number;
  seconds: number;
}

/**
 * Gets an answer to every case: from the store where it is recorded, from the model where not. Each
 * answer that arrives is stored at once, so that a run that dies loses nothing that was paid for.
 * Failures are not stored: the next run asks again. Throws what the model throws, and the signal's
 * reason when it is aborted: promptfoo would count either as one more wrong answer.
 */
export async function ask(cases: readonly Case[], options: AskOptions): Promise<Asked> {
  const { model, store, repeats, signal, clock } = options;
  const started = clock();
  const answers = new Map(cases.map(({ id }) => [id, new Array<Answer>(repeats)]));
  const key = ({ case: { requestHash }, repeat }: Question) => ({
    request: requestHash,
    model: model.revision === null ? model.id : `${model.id}@${model.revision}`,
    repeat,
  });
  const keep = ({ case: { id }, repeat }: Question, answer: Answer) => {
    const slots = answers.get(id);
    if (slots !== undefined) slots[repeat] = answer;
  };

  const missing: Question[] = [];
  for (const question of cases.flatMap((each) =>
    Array.from({ length: repeats }, (_, repeat) => ({ case: each, repeat })),
  )) {
    const stored = store.get(key(question));
    if (stored === null) missing.push(question);
    else keep(question, stored);
  }

  if (missing.length > 0) {
    let done = 0;
    options.onProgress(done, missing.length);
    const ended = new AbortController();
    const anyEnd = AbortSignal.any([signal, ended.signal]);
    const answerQuestion = async (question: Question): Promise<Answer> => {
      const answer = await askCase(question.case, options.task, model, anyEnd, clock);
      if (answer.status !== 'failed') store.put(key(question), answer);
      keep(question, answer);
      done += 1;
      options.onProgress(done, missing.length);
      return answer;
    };
    const endOnError = async (question: Question): Promise<Answer> => {
      try {
        anyEnd.throwIfAborted();
        return await answerQuestion(question);
      } catch (error) {
        ended.abort(error);
        return { status: 'failed', reason: 'the run ended', raw: '', usage: NO_USAGE, latency_ms: 0 };
      }
    };
    await evaluateQuestions(missing, endOnError, { ...options, signal: anyEnd, model: model.id });
    signal.throwIfAborted();
    ended.signal.throwIfAborted();
  }
  return { answers, asked: missing.length, seconds: missing.length === 0 ? 0 : (clock() - started) / 1000 };
}
