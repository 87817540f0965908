import type { Study } from '../../schema/study.ts';
import { classesOf, type Task } from '../../task/task.ts';

/** Classes of a suite's field, in the suite's order. */
export function classesIn(tasks: readonly Task[], suite: string, field: string): string[] {
  const found = tasks.find(({ name }) => name === suite)?.fields[field];
  if (found === undefined) throw new Error(`no field ${suite}.${field}`);
  return classesOf(found);
}

/** What a kept conversation may be about, in the suite's order. */
export function topicsOf({ select }: Study, tasks: readonly Task[]): string[] {
  return select.topics === undefined
    ? classesIn(tasks, select.suite, select.field).filter((label) => select.keep.includes(label))
    : classesIn(tasks, select.suite, select.topics);
}

/** Known names first, in their order, found or not; then those that are not known, by name. */
export function inOrder(known: readonly string[], found: Iterable<string>): string[] {
  return [...new Set([...known, ...[...found].sort()])];
}
