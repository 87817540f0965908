import type { Goldens } from '../goldens/load.ts';
import { lengthClass } from '../goldens-check/length-class.ts';
import type { Conversation } from '../schema/conversation.ts';
import type { Task } from '../task/task.ts';
import { classesIn } from './prediction.ts';

/** How many labels of each class, and conversations of each length and language, the goldens have, by cell. */
export function countGoldens(
  conversations: Iterable<Conversation>,
  suites: readonly { suite: string; task: Pick<Task, 'fields'>; labels: Goldens['labels'] }[],
): (cell: string) => number {
  const counts = new Map<string, number>();
  const add = (cell: string) => counts.set(cell, (counts.get(cell) ?? 0) + 1);
  for (const conversation of conversations) {
    add(`length ${lengthClass(conversation)}`);
    add(`lang ${conversation.lang}`);
  }
  for (const { suite, task, labels } of suites)
    for (const { label } of labels) for (const name of classesIn(suite, task, label)) add(`class ${name}`);
  return (cell) => counts.get(cell) ?? 0;
}
