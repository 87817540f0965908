import type { GoldenLabel } from '../goldens/load.ts';
import type { Conversation } from '../schema/conversation.ts';
import { askedFields, classesOf, type Task } from '../task/task.ts';
import { LENGTHS, lengthClass } from './length-class.ts';

/** How often each name occurs, names that may but do not occur at 0. */
export type Counts = Record<string, number>;

/** How many conversations there are of each language, length and tag. */
export interface Population {
  lang: Counts;
  length: Counts;
  tag: Counts;
}

/** How many cases of a field there are, of each class and in each slice. */
export interface FieldTally {
  labels: string;
  field: string;
  /** Cases with a value. */
  cases: number;
  classes: Counts;
  slices: { lang: Counts; tag: Counts; window: Counts };
}

/** @param conversations outlines will do */
export function tallyPopulation(conversations: Iterable<Conversation>): Population {
  const population: Population = {
    lang: emptyCounts([]),
    length: emptyCounts(LENGTHS),
    tag: emptyCounts([]),
  };
  for (const conversation of conversations) {
    count(population.lang, conversation.lang);
    count(population.length, lengthClass(conversation));
    for (const tag of conversation.tags) count(population.tag, tag);
  }
  return population;
}

/**
 * Counts the labels of a task, of every field that annotators label. Each label of a set counts; a field that
 * has no value in a case (a reason without pushback) has no case there.
 */
export function tallyLabels(
  task: Task,
  labelsName: string,
  labels: readonly GoldenLabel[],
  conversations: ReadonlyMap<string, Conversation>,
): FieldTally[] {
  return askedFields(task).map(([name, field]): FieldTally => {
    const slices = { lang: emptyCounts([]), tag: emptyCounts([]), window: emptyCounts([]) };
    const tally = {
      labels: labelsName,
      field: name,
      cases: 0,
      classes: emptyCounts(classesOf(field)),
      slices,
    };
    for (const { id, window, label } of labels) {
      const value = label[name] ?? null;
      const conversation = conversations.get(id);
      if (value === null || conversation === undefined) continue;
      tally.cases += 1;
      for (const one of Array.isArray(value) ? value : [String(value)]) count(tally.classes, one);
      count(slices.lang, conversation.lang);
      for (const tag of conversation.tags) count(slices.tag, tag);
      if (window !== null) count(slices.window, window);
    }
    return tally;
  });
}

/** Without a prototype, for names come from files. */
function emptyCounts(names: readonly string[]): Counts {
  const counts: Counts = Object.create(null);
  for (const name of names) counts[name] = 0;
  return counts;
}

function count(counts: Counts, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
