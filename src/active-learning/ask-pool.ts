import { setImmediate } from 'node:timers/promises';
import { windowMessages } from '../goldens/window.ts';
import type { Model, ModelRequest } from '../model/model.ts';
import { requestMaker } from '../plan/request-maker.ts';
import type { Prompt } from '../prompt/load.ts';
import type { Answer } from '../schema/run-record.ts';
import type { Store } from '../store/store.ts';
import type { StudyQuestion } from '../study/ask-conversation.ts';
import { recordedOrAsked, type Spent, studyKey } from '../study/recorded-or-asked.ts';
import { usableLabel } from '../task/agree.ts';
import type { Task } from '../task/task.ts';
import type { Candidate } from './gain.ts';
import type { Predicted } from './prediction.ts';
import type { PooledConversation } from './read-pool.ts';

/** A suite, with the prompts that its questions are asked by. */
export interface AskedSuite {
  suite: string;
  task: Task;
  prompts: readonly Pick<Prompt, 'system' | 'settings'>[];
}

/** A question about one conversation. */
export interface PoolQuestion extends StudyQuestion {
  /** Of the conversation, in the pool. */
  index: number;
  suite: string;
  window: string | null;
}

export interface PoolAskOptions {
  store: Store;
  /** Questions under way at once, of each model. */
  concurrency: number;
  signal: AbortSignal;
  /** Monotonic milliseconds. */
  clock: () => number;
  onProgress(done: number, total: number): void;
}

/** Every question about a pool: of each conversation, or each window that applies to it, by each prompt. */
export function poolQuestions(
  pool: readonly PooledConversation[],
  suites: readonly AskedSuite[],
): PoolQuestion[] {
  return suites.flatMap(({ suite, task, prompts }) => {
    const windows = Object.entries(task.windows ?? {});
    return prompts.flatMap((prompt) => {
      const make = requestMaker(task, prompt);
      return pool.flatMap(({ messages }, index): PoolQuestion[] => {
        const common = { index, suite, task };
        if (task.windows === null) return [{ ...common, window: null, ...make(messages, null) }];
        return windows.flatMap(([name, definition]) => {
          const marked = windowMessages({ messages }, definition);
          if (marked === null) return [];
          return [{ ...common, window: name, ...make(messages, { name, messages: marked }) }];
        });
      });
    });
  });
}

/** The requests that the store has no answer to. */
export function missingRequests(
  questions: readonly PoolQuestion[],
  model: Pick<Model, 'id' | 'revision'>,
  store: Store,
): ModelRequest[] {
  return questions
    .filter((question) => store.get(studyKey(question, model)) === null)
    .map(({ request }) => request);
}

/**
 * Asks every question of every model, from the store where it is recorded; each answer is in the store at once. Throws
 * what a model throws, and the signal's reason.
 *
 * @returns what was predicted of each conversation, in the order of the pool
 */
export async function askPool(
  pool: readonly PooledConversation[],
  questions: readonly PoolQuestion[],
  models: readonly Model[],
  options: PoolAskOptions,
): Promise<{ candidates: Candidate[]; spent: Spent[]; failed: string[]; answered: number }> {
  const { onProgress } = options;
  const total = questions.length * models.length;
  const given: { question: PoolQuestion; answer: Answer }[] = [];
  const spent: Spent[] = [];
  for (const model of models) {
    const asking = recordedOrAsked({ ...options, model });
    const answers = await inTurns(questions, asking.answerOf, options, (done) =>
      onProgress(given.length + done, total),
    );
    given.push(...answers);
    spent.push(asking.spent());
  }
  onProgress(total, total);
  const failed = given.flatMap(({ answer }) => (answer.status === 'failed' ? [answer.reason] : []));
  const ofConversation = Map.groupBy(given, ({ question: { index } }) => index);
  const candidates = pool.map((conversation, index): Candidate => {
    const parts = Map.groupBy(
      ofConversation.get(index) ?? [],
      ({ question: { suite, window } }) => `${suite} ${window}`,
    );
    const predicted = [...parts.values()].flatMap((some): Predicted[] => {
      const [first] = some;
      if (first === undefined) return [];
      const { suite, task, window } = first.question;
      const answers = some.map(({ answer }) => usableLabel(answer)).filter((label) => label !== null);
      return [{ suite, task, window, answers }];
    });
    return { conversation, predicted };
  });
  return { candidates, spent, failed, answered: given.length - failed.length };
}

/** Questions between two looks at the signals of the process: recorded answers take no time. */
const BREATH = 64;

async function inTurns(
  questions: readonly PoolQuestion[],
  answerOf: (question: PoolQuestion) => Answer | Promise<Answer>,
  { concurrency, signal }: PoolAskOptions,
  onProgress: (done: number) => void,
): Promise<{ question: PoolQuestion; answer: Answer }[]> {
  const ended = new AbortController();
  const anyEnd = AbortSignal.any([signal, ended.signal]);
  const answers = new Array<Answer | undefined>(questions.length);
  const queue = questions.entries();
  let done = 0;
  const askInTurn = async () => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) {
      const [place, question] = next.value;
      if (done % BREATH === 0) await setImmediate();
      if (anyEnd.aborted) return;
      answers[place] = await answerOf(question);
      done += 1;
      onProgress(done);
    }
  };
  const turns = Array.from({ length: Math.min(concurrency, questions.length) }, () =>
    askInTurn().catch((error: unknown) => ended.abort(error)),
  );
  await Promise.all(turns);
  signal.throwIfAborted();
  ended.signal.throwIfAborted();
  return questions.flatMap((question, place) => {
    const answer = answers[place];
    return answer === undefined ? [] : [{ question, answer }];
  });
}
