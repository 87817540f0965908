import { setImmediate } from 'node:timers/promises';
import { askCase } from '../ask/answer.ts';
import { answerKey, type PreparedAnswers, questionName } from '../ask/ask.ts';
import { addUsage, type Model } from '../model/model.ts';
import type { Case } from '../plan/case.ts';
import type { Answer, CaseRecord, Usage } from '../schema/run-record.ts';
import type { Store } from '../store/store.ts';
import type { Task } from '../task/task.ts';
import type { Variant } from './variants.ts';

export interface AskVariantsOptions {
  task: Task;
  model: Model;
  store: Store;
  /** Questions under way at once. */
  concurrency: number;
  /** Answers that batches gave beforehand; null where there were none. */
  prepared: PreparedAnswers | null;
  signal: AbortSignal;
  /** Monotonic milliseconds. */
  clock: () => number;
  onProgress: (done: number, total: number) => void;
}

/** What became of every question of every variant. */
export interface AskedVariants {
  /** Per variant its cases with their answers, under the ids of the suite's cases. */
  runs: CaseRecord[][];
  /** Answers that the model gave just now, and what they took; the rest was in the store. */
  asked: number;
  spent: Usage;
}

/** Questions after which a signal may be heard: a model in the same process leaves no other pause. */
const BETWEEN_PAUSES = 64;

/**
 * Has every question of every variant answered: from the store where it is recorded, from the model where not, and
 * stored at once. They are not run through promptfoo: nobody looks at a variant's evaluation.
 *
 * @throws what the model throws, and the signal's reason, after the questions under way have ended
 */
export async function askVariants(
  variants: readonly Variant[],
  options: AskVariantsOptions,
): Promise<AskedVariants> {
  const { task, model, store, prepared, signal, clock, concurrency, onProgress } = options;
  const questions = variants.flatMap(({ cases }) => cases);
  const answers = new Map<Case, Answer>();
  const given: Answer[] = [];
  const answerTo = async (each: Case): Promise<Answer> => {
    const question = { case: each, repeat: 0 };
    const ready = prepared?.answers.get(questionName(question));
    const stored = ready === undefined ? store.get(answerKey(question, model)) : null;
    if (stored !== null) return stored;
    const answer = ready ?? (await askCase(each, task, model, signal, clock));
    if (ready === undefined && answer.status !== 'failed') store.put(answerKey(question, model), answer);
    given.push(answer);
    return answer;
  };
  const ended = new AbortController();
  const queue = questions.values();
  const askInTurn = async () => {
    for (const each of queue) {
      signal.throwIfAborted();
      if (ended.signal.aborted) return;
      answers.set(each, await answerTo(each));
      if (answers.size % BETWEEN_PAUSES === 0) await setImmediate();
      onProgress(answers.size, questions.length);
    }
  };
  const inTurns = Array.from({ length: concurrency }, () =>
    askInTurn().catch((error: unknown) => ended.abort(error)),
  );
  await Promise.all(inTurns);
  ended.signal.throwIfAborted();
  const ids = variants[0]?.cases.map(({ id }) => id) ?? [];
  const runs = variants.map(({ cases }) =>
    cases.map((each, index) => recordOf(each, ids[index] ?? each.id, answers.get(each))),
  );
  return { runs, asked: given.length, spent: addUsage(given.map(({ usage }) => usage)) };
}

function recordOf(
  { request: _, requestHash, ...subject }: Case,
  id: string,
  answer: Answer | undefined,
): CaseRecord {
  return { ...subject, id, request: requestHash, answers: answer === undefined ? [] : [answer] };
}
