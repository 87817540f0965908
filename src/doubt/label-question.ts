import type { Field } from '../schema/field.ts';
import type { Label } from '../schema/run-record.ts';
import { askedFields, classesOf, fieldValue, type Task } from '../task/task.ts';

/** A question with one answer that a label settles: a field, or whether a set has one of its labels. */
export interface LabelQuestion {
  field: string;
  /** Of a set: the label that is asked for. Null for fields of other kinds. */
  member: string | null;
  /** Names of the answers. */
  classes: readonly string[];
  /** Index of the answer that a label gives; null where the field does not apply. */
  classOf(label: Label): number | null;
  /** How far two answers are apart, 1 or more for different ones: on a scale, in its smallest steps. */
  distance(a: number, b: number): number;
}

/** Every question that the labels of a task settle, in its order; derived fields are settled by their source. */
export function labelQuestions(task: Pick<Task, 'fields'>): LabelQuestion[] {
  return askedFields(task).flatMap(([name, field]): LabelQuestion[] => {
    const classes = classesOf(field);
    const one = { field: name, member: null, classes, distance: distanceOf(field) };
    if (field.kind !== 'set') {
      const classOf = (label: Label) => placeOf(classes, fieldValue(task, name, label));
      return [{ ...one, classOf }];
    }
    return classes.map((member) => ({
      ...{ field: name, member, classes: ['without it', 'with it'], distance: () => 1 },
      classOf: (label) => Number([fieldValue(task, name, label)].flat().includes(member)),
    }));
  });
}

function placeOf(classes: readonly string[], value: unknown): number | null {
  const place = classes.indexOf(String(value));
  return place === -1 ? null : place;
}

function distanceOf(field: Field): LabelQuestion['distance'] {
  if (field.kind !== 'ordinal') return () => 1;
  const values = Object.values(field.levels);
  const sorted = values.toSorted((a, b) => a - b);
  const gaps = sorted.slice(1).map((value, at) => value - (sorted[at] ?? value));
  const step = Math.min(...gaps.filter((gap) => gap > 0), Number.POSITIVE_INFINITY);
  const between = (a: number, b: number) => Math.abs((values[a] ?? 0) - (values[b] ?? 0)) / step;
  return (a, b) => Math.max(1, between(a, b));
}
