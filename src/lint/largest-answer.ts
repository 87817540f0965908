import { askedFields, classesOf, type Task } from '../task/task.ts';

/** The longest JSON that answers a task, spread over lines as some models write it. */
export function largestAnswer(task: Pick<Task, 'fields'>): string {
  const answer = askedFields(task).map(([name, field]) => {
    const labels = classesOf(field);
    const longest = labels.reduce((long, label) => (label.length > long.length ? label : long), '');
    return [name, field.kind === 'set' ? labels : field.kind === 'binary' ? false : longest] as const;
  });
  return JSON.stringify(Object.fromEntries(answer), null, 2);
}
