import Type from 'typebox';
import { readReply } from '../ask/answer.ts';
import type { PriceOf } from '../cost/cost-of.ts';
import { isMessage, readMessage } from '../model/anthropic/read-message.ts';
import { fits } from '../schema/check.ts';
import type { Answer } from '../schema/run-record.ts';
import type { Task } from '../task/task.ts';

const ResultLine = Type.Object({
  custom_id: Type.String(),
  result: Type.Union([
    Type.Object({ type: Type.Literal('succeeded'), message: Type.Unknown() }),
    Type.Object({ type: Type.Literal('errored'), error: Type.Unknown() }),
    Type.Object({ type: Type.Literal('canceled') }),
    Type.Object({ type: Type.Literal('expired') }),
  ]),
});
const ErrorBody = Type.Object({ error: Type.Object({ type: Type.String(), message: Type.String() }) });
const WithModel = Type.Object({ model: Type.String() });

/** One line of a batch's results. */
export type ResultLine = Type.Static<typeof ResultLine>;

/** What a result means for its question. */
export type Outcome =
  | { kind: 'answered'; answer: Answer }
  /** Asking once more would end the same. */
  | { kind: 'failed'; reason: string }
  /** The API's trouble, not the request's: it was not charged. */
  | { kind: 'again'; reason: string }
  | { kind: 'canceled' };

/** Errors that are not the request's fault. */
const SERVER_ERRORS = ['api_error', 'overloaded_error', 'timeout_error', 'rate_limit_error'];

/** Whether a value is a line of the Message Batches result format. */
export function isResultLine(value: unknown): value is ResultLine {
  return fits(ResultLine, value);
}

/** @param price what a request of a batch costs; null where the model's price is unknown */
export function readResult(
  { result }: ResultLine,
  task: Pick<Task, 'fields'>,
  price: PriceOf | null,
): Outcome {
  switch (result.type) {
    case 'canceled':
      return { kind: 'canceled' };
    case 'expired':
      return { kind: 'again', reason: 'the batch expired before the question was asked' };
    case 'errored': {
      if (!fits(ErrorBody, result.error))
        return { kind: 'again', reason: 'the API gave an error unknown here' };
      const { type, message } = result.error.error;
      const reason = `the API answered ${oneLine(type)}: ${oneLine(message)}`;
      return { kind: SERVER_ERRORS.includes(type) ? 'again' : 'failed', reason };
    }
    case 'succeeded': {
      if (!isMessage(result.message)) return { kind: 'failed', reason: 'the API gave what is no message' };
      const answer = readReply(readMessage([result.message], price), task, 0);
      return answer.status === 'failed'
        ? { kind: 'failed', reason: answer.reason }
        : { kind: 'answered', answer };
    }
  }
}

/** Whether a result is an answer of this model, its date apart; true also where the result names none. */
export function isByModel({ result }: ResultLine, model: string): boolean {
  if (result.type !== 'succeeded' || !fits(WithModel, result.message)) return true;
  const undated = (name: string) => name.replace(/-(\d{8}|latest)$/, '');
  return undated(result.message.model) === undated(model);
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .slice(0, 300)
    .trim();
}
