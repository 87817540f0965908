import type { BinaryField, Field, Window } from '../schema/field.ts';
import type { Label, Value } from '../schema/run-record.ts';

/** What is asked of a conversation: fields, each with a kind that brings its scoring. */
export interface Task {
  name: string;
  /** In the order of the suite's file. */
  fields: Readonly<Record<string, Field>>;
  /** Null where a case is a whole conversation. */
  windows: Readonly<Record<string, Window>> | null;
}

export type DerivedField = BinaryField & { from: string; true_for: string[] };

export function isDerived(field: Field): field is DerivedField {
  return field.kind === 'binary' && field.from !== undefined;
}

/** Fields that the model answers and annotators label, in the suite's order. */
export function askedFields(task: Pick<Task, 'fields'>): [string, Field][] {
  return Object.entries(task.fields).filter(([, field]) => !isDerived(field));
}

/** The value of any field, derived ones included. A reason given without pushback reads as null. */
export function fieldValue(task: Pick<Task, 'fields'>, name: string, label: Label): Value {
  const field = task.fields[name];
  if (field === undefined) throw new Error(`no field ${name}`);
  if (isDerived(field)) return field.true_for.includes(String(label[field.from]));
  if (field.kind === 'nominal' && field.only_where !== undefined && label[field.only_where] !== true)
    return null;
  return label[name] ?? null;
}

/** Names of a field's classes in the suite's order; `false`, `true` for a binary one. */
export function classesOf(field: Field): string[] {
  switch (field.kind) {
    case 'nominal':
    case 'set':
      return field.labels;
    case 'ordinal':
      return Object.keys(field.levels);
    case 'binary':
      return ['false', 'true'];
  }
}
