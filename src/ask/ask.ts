import { setImmediate } from 'node:timers/promises';
import { addUsage, type Model, NO_USAGE } from '../model/model.ts';
import type { Case } from '../plan/case.ts';
import type { Answer, Usage } from '../schema/run-record.ts';
import type { AnswerKey, Store } from '../store/store.ts';
import type { Task } from '../task/task.ts';
import { askCase } from './answer.ts';
import { beginEvaluation, type Question } from './evaluate.ts';

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
  /** Null or absent where every question is asked one by one. */
  prepared?: PreparedAnswers | null;
  watcher?: AnswerWatcher;
}

/** Follows the answers as they come, and may have enough of them before every question was asked. */
export interface AnswerWatcher {
  /** Told of every answer once: of those recorded in the order of the cases, then of the others as they come. */
  answered(each: Case, repeat: number, answer: Answer): void;
  /** Asked before each question: once true, none is asked any more. Answers under way are still told, and kept. */
  isDecided(): boolean;
}

/** Answers that were got for this run beforehand, as in batches of several suites. */
export interface PreparedAnswers {
  /** By `questionName`. */
  answers: ReadonlyMap<string, Answer>;
  /** What it took to get them. */
  seconds: number;
}

export interface Asked {
  /** By case id, one answer per repeat; without cases that a watcher did not let be asked in full. */
  answers: ReadonlyMap<string, readonly Answer[]>;
  /** How many answers the model gave just now; the rest were in the store. */
  asked: number;
  /** What they took. */
  spent: Usage;
  seconds: number;
}

/** What an answer is kept under: the exact request, the model with its revision, the repeat. */
export function answerKey(
  { case: { requestHash }, repeat }: Question,
  model: Pick<Model, 'id' | 'revision'>,
): AnswerKey {
  return {
    request: requestHash,
    model: model.revision === null ? model.id : `${model.id}@${model.revision}`,
    repeat,
  };
}

/** The questions of these cases that the store has no answer to. */
export function missingQuestions(
  cases: readonly Case[],
  {
    model,
    repeats,
    store,
  }: Pick<AskOptions, 'repeats' | 'store'> & { model: Pick<Model, 'id' | 'revision'> },
): Question[] {
  return questionsOf(cases, repeats).filter((question) => store.get(answerKey(question, model)) === null);
}

/**
 * Gets an answer to every case: from the store where it is recorded, from the model where not, in the order of
 * the cases, and until the watcher has enough where there is one. Each
 * answer that arrives is stored at once, so that a run that dies loses nothing that was paid for.
 * Failures are not stored: the next run asks again. Throws what the model throws, and the signal's
 * reason when it is aborted: promptfoo would count either as one more wrong answer.
 */
export async function ask(cases: readonly Case[], options: AskOptions): Promise<Asked> {
  const { model, store, repeats } = options;
  const answers = new Map(cases.map(({ id }) => [id, new Array<Answer>(repeats)]));
  const keep = ({ case: { id }, repeat }: Question, answer: Answer) => {
    const slots = answers.get(id);
    if (slots !== undefined) slots[repeat] = answer;
  };
  const missing: Question[] = [];
  for (const question of questionsOf(cases, repeats)) {
    const stored = options.prepared?.answers.has(questionName(question))
      ? null
      : store.get(answerKey(question, model));
    if (stored === null) missing.push(question);
    else {
      keep(question, stored);
      options.watcher?.answered(question.case, question.repeat, stored);
    }
  }
  if (missing.length === 0 || options.watcher?.isDecided() === true)
    return { answers: wholeOf(answers), asked: 0, spent: NO_USAGE, seconds: 0 };
  const { given, seconds } = await askMissing(missing, options);
  for (const [question, answer] of given) keep(question, answer);
  const spent = addUsage([...given.values()].map(({ usage }) => usage));
  return { answers: wholeOf(answers), asked: given.size, spent, seconds };
}

/** Cases that have all their answers. */
function wholeOf(
  answers: ReadonlyMap<string, readonly (Answer | undefined)[]>,
): Map<string, readonly Answer[]> {
  const whole = new Map<string, readonly Answer[]>();
  for (const [id, slots] of answers) {
    const given = slots.filter((answer) => answer !== undefined);
    if (given.length === slots.length) whole.set(id, given);
  }
  return whole;
}

/** Tells the questions of one suite apart. */
export function questionName({ case: { id }, repeat }: Question): string {
  return `${id} ${repeat}`;
}

function questionsOf(cases: readonly Case[], repeats: number): Question[] {
  return cases.flatMap((each) => Array.from({ length: repeats }, (_, repeat) => ({ case: each, repeat })));
}

/** A model in this process never waits: so often it has to, for a signal or a key to be heard. */
const BREATH_MS = 50;

/** Asks so many at once, while promptfoo evaluates what is answered. `seconds`: until the last answer, or the stop. */
async function askMissing(
  missing: readonly Question[],
  options: AskOptions,
): Promise<{ given: Map<Question, Answer>; seconds: number }> {
  const { model, store, signal, clock, onProgress, concurrency, watcher } = options;
  const started = clock();
  const given = new Map<Question, Answer>();
  const ended = new AbortController();
  const anyEnd = AbortSignal.any([signal, ended.signal]);
  const evaluation = beginEvaluation(missing, { ...options, model: model.id });
  const queue = missing.values();
  let breathed = started;
  let breath: Promise<void> | null = null;
  const askInTurn = async () => {
    while (watcher?.isDecided() !== true) {
      const { value: question } = queue.next();
      if (question === undefined) return;
      anyEnd.throwIfAborted();
      const answer =
        options.prepared?.answers.get(questionName(question)) ??
        (await askCase(question.case, options.task, model, anyEnd, clock));
      if (answer.status !== 'failed') store.put(answerKey(question, model), answer);
      given.set(question, answer);
      evaluation.add(question, answer);
      watcher?.answered(question.case, question.repeat, answer);
      onProgress(given.size, missing.length);
      if (clock() - breathed >= BREATH_MS) breath ??= setImmediate();
      if (breath === null) continue;
      await breath;
      breath = null;
      breathed = clock();
    }
  };
  onProgress(0, missing.length);
  const inTurns = Array.from({ length: Math.min(concurrency, missing.length) }, () =>
    askInTurn().catch((error: unknown) => ended.abort(error)),
  );
  await Promise.all(inTurns);
  const isStopped = given.size < missing.length;
  if (isStopped || anyEnd.aborted) evaluation.cancel();
  signal.throwIfAborted();
  ended.signal.throwIfAborted();
  const seconds = (options.prepared?.seconds ?? 0) + (clock() - started) / 1000;
  if (isStopped) onProgress(given.size, given.size);
  else {
    signal.addEventListener('abort', evaluation.cancel, { once: true });
    await evaluation.finish();
  }
  return { given, seconds };
}
