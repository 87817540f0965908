import { showAnswers, showValue } from '../compare/flips.ts';
import { isDerived, type Task } from '../task/task.ts';
import type { ReviewItem } from './review-items.ts';

/** A line of `goldens/doubtful.jsonl`: a label that somebody should look at again. */
export interface DoubtfulLabel {
  /** The conversation's. */
  id: string;
  window: string | null;
  field: string;
  /** Both as reports print them: `coaching`, `coaching+counseling`, `none`. */
  expected: string;
  given: string;
  by: string;
  /** ISO 8601, UTC. */
  at: string;
}

/** What a doubted case says of its labels: a line for each field that flipped, a derived one standing for its source. */
export function doubtfulLabels(
  task: Pick<Task, 'fields'>,
  { record, flips }: ReviewItem,
  { by, at }: Pick<DoubtfulLabel, 'by' | 'at'>,
): DoubtfulLabel[] {
  const labelled = flips.map(({ field }) => {
    const definition = task.fields[field];
    return definition !== undefined && isDerived(definition) ? definition.from : field;
  });
  return [...new Set(labelled)].map((field) => ({
    ...{ id: record.conversation, window: record.window, field },
    ...{ expected: showValue(task, field, record.expected), given: showAnswers(task, field, record), by, at },
  }));
}

/**
 * A file of doubtful labels with further ones at its end. A label that is doubted already is not added: one of the
 * same conversation, window, field and expected value. What the file has stays as it is, whatever it is.
 */
export function appendDoubtful(
  file: string,
  labels: readonly DoubtfulLabel[],
): { text: string; added: DoubtfulLabel[] } {
  const known = new Set(file.split('\n').map(keyOfLine));
  const added = labels.filter((label) => {
    const key = keyOf(label);
    return !known.has(key) && known.add(key);
  });
  const start = file === '' || file.endsWith('\n') ? file : `${file}\n`;
  return { text: start + added.map((label) => `${JSON.stringify(label)}\n`).join(''), added };
}

function keyOfLine(line: string): string | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? keyOf(value) : null;
  } catch {
    return null;
  }
}

function keyOf(label: object): string {
  const part = (name: keyof DoubtfulLabel): unknown => Reflect.get(label, name) ?? null;
  return JSON.stringify([part('id'), part('window'), part('field'), part('expected')]);
}
