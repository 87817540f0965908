import type { PriceOf } from '../cost/cost-of.ts';
import type { AnswerKey, Store } from '../store/store.ts';
import type { Task } from '../task/task.ts';
import { readCustomId } from './batch-request.ts';
import { isByModel, isResultLine, type Outcome, readResult } from './batch-result.ts';
import type { StreamedLine } from './stream-json-lines.ts';

/** What became of a line of a file of results. */
export type Fate =
  | 'taken'
  | 'stored before'
  | 'twice in the file'
  | 'unknown'
  | 'by another model'
  | 'errored'
  | 'expired'
  | 'canceled'
  | 'no result';

/** A question that a result may answer. */
export interface AnswerableQuestion {
  request: string;
  task: Pick<Task, 'fields'>;
}

export interface IngestContext {
  store: Store;
  /** The API's name of the model that was asked. */
  model: string;
  price: PriceOf | null;
  /** Questions of today's suites, by the start of their request's hash. */
  questions: ReadonlyMap<string, AnswerableQuestion>;
}

/** Takes results into the store as they are read, and tells of every line what became of it. */
export async function ingestResults(
  lines: AsyncIterable<StreamedLine>,
  context: IngestContext,
): Promise<Map<Fate, number[]>> {
  const fates = new Map<Fate, number[]>();
  const seen = new Set<string>();
  for await (const { line, json } of lines) {
    const fate = json === null ? 'no result' : fateOf(json.value, seen, context);
    const lineNumbers = fates.get(fate);
    if (lineNumbers === undefined) fates.set(fate, [line]);
    else lineNumbers.push(line);
  }
  return fates;
}

function fateOf(value: unknown, seen: Set<string>, context: IngestContext): Fate {
  const { store, model, price, questions } = context;
  if (!isResultLine(value)) return 'no result';
  const asked = readCustomId(value.custom_id);
  const question = asked === null ? undefined : questions.get(asked.hashStart);
  if (asked === null || question === undefined) return 'unknown';
  if (seen.has(value.custom_id)) return 'twice in the file';
  const outcome = readResult(value, question.task, price);
  if (outcome.kind !== 'answered') return fateOfUnanswered(outcome, value.result.type);
  if (!isByModel(value, model)) return 'by another model';
  seen.add(value.custom_id);
  const key: AnswerKey = { request: question.request, model: `anthropic:${model}`, repeat: asked.repeat };
  if (store.get(key) !== null) return 'stored before';
  store.put(key, outcome.answer);
  return 'taken';
}

function fateOfUnanswered({ kind }: Outcome, type: string): Fate {
  if (kind === 'canceled') return 'canceled';
  return type === 'expired' ? 'expired' : 'errored';
}
