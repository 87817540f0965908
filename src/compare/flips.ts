import type { CaseRecord, Label } from '../schema/run-record.ts';
import { shareRight, usableLabel } from '../task/agree.ts';
import { fieldValue, type Task } from '../task/task.ts';

/** A case that one of two runs got right and the other wrong, in one field. */
export interface Flip {
  id: string;
  field: string;
  change: 'fixed' | 'broken';
  expected: string;
  before: string;
  now: string;
}

/** Two runs of the same question. */
export interface CasePair {
  before: CaseRecord;
  now: CaseRecord;
}

/**
 * Flips of one field, broken ones first, each by id. With repeats a case counts as right when more
 * than half of its answers are.
 */
export function findFlips(task: Pick<Task, 'fields'>, field: string, pairs: readonly CasePair[]): Flip[] {
  const flips = pairs.flatMap(({ before, now }): Flip[] => {
    const [was, is] = [isRight(task, field, before), isRight(task, field, now)];
    if (was === is) return [];
    return [
      {
        id: now.id,
        field,
        change: is ? 'fixed' : 'broken',
        expected: showValue(task, field, now.expected),
        before: showAnswers(task, field, before),
        now: showAnswers(task, field, now),
      },
    ];
  });
  return [
    ...flips.filter(({ change }) => change === 'broken'),
    ...flips.filter(({ change }) => change === 'fixed'),
  ];
}

/** A field that does not apply, and that the answer leaves out, is as it should be. */
function isRight(task: Pick<Task, 'fields'>, field: string, record: CaseRecord): boolean {
  return (shareRight(task, field, record) ?? 1) > 0.5;
}

/** A value as reports print it: `coaching`, `true`, `coaching+counseling`, `none`. */
export function showValue(task: Pick<Task, 'fields'>, field: string, label: Label): string {
  const value = fieldValue(task, field, label);
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join('+');
  return String(value);
}

/** What a case's answers say in one field; differing repeats are counted: `coaching x2, other x1`. */
export function showAnswers(task: Pick<Task, 'fields'>, field: string, record: CaseRecord): string {
  const counts = new Map<string, number>();
  for (const answer of record.answers) {
    const label = usableLabel(answer);
    const shown = label === null ? answer.status : showValue(task, field, label);
    counts.set(shown, (counts.get(shown) ?? 0) + 1);
  }
  const [only] = counts.keys();
  if (counts.size === 1 && only !== undefined) return only;
  return [...counts].map(([shown, count]) => `${shown} x${count}`).join(', ');
}
