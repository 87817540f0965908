import type { Answer, CaseRecord, Label } from '../schema/run-record.ts';
import { fieldValue, type Task } from './task.ts';

/** The label that counts for an answer; null where there is no usable one. */
export function usableLabel(answer: Pick<Answer, 'status'> & { label?: Label }): Label | null {
  return answer.status === 'answered' ? (answer.label ?? null) : null;
}

/**
 * Whether one field of an answer is what was expected: an unusable answer never is. Null where the
 * field does not apply, being null both in what was expected and in what was given.
 */
export function fieldAgrees(
  task: Pick<Task, 'fields'>,
  field: string,
  expected: Label,
  given: Label | null,
): boolean | null {
  const right = fieldValue(task, field, expected);
  if (given === null) return right === null ? null : false;
  const value = fieldValue(task, field, given);
  if (right === null && value === null) return null;
  return JSON.stringify(right) === JSON.stringify(value);
}

/** Share of a case's repeats in which a field is right, 0 … 1; null where it never applies. */
export function shareRight(
  task: Pick<Task, 'fields'>,
  field: string,
  record: Pick<CaseRecord, 'expected'> & { answers: readonly (Pick<Answer, 'status'> & { label?: Label })[] },
): number | null {
  const verdicts = record.answers
    .map((answer) => fieldAgrees(task, field, record.expected, usableLabel(answer)))
    .filter((verdict) => verdict !== null);
  return verdicts.length === 0 ? null : verdicts.filter(Boolean).length / verdicts.length;
}
