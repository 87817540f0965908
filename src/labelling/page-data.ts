import type { Vote } from '../goldens/golden-lines.ts';
import type { Message } from '../schema/conversation.ts';
import type { Field } from '../schema/field.ts';
import type { Label, Value } from '../schema/run-record.ts';
import { askedFields, classesOf, type Task } from '../task/task.ts';

/** A field that the page asks for. */
export interface FieldView {
  name: string;
  /** Whether one value is chosen or any of several. */
  kind: 'one' | 'any';
  options: { value: string | boolean; text: string }[];
  /** Name of the binary field without which this one is null; null where it always applies. */
  onlyWhere: string | null;
  /** Name of the field whose label a set holds; null where there is none. */
  contains: string | null;
}

export interface TaskView {
  /** Name of the labels file: what a case names its task by. */
  labels: string;
  name: string;
  description: string;
  fields: FieldView[];
}

/** How far the queue is. */
export interface Progress {
  done: number;
  total: number;
  /** 0-based place of the next case that is to be dealt with; null where none is left. */
  next: number | null;
}

export interface SessionView extends Progress {
  annotator: string;
  isAdjudicating: boolean;
  tasks: TaskView[];
}

/** One case as the page shows it: of others' votes and of the label there is nothing unless one adjudicates. */
export interface CaseView extends Progress {
  /** 0-based place in the queue. */
  at: number;
  labels: string;
  id: string;
  /** `opening: the first 3 messages of the person`; null in a task without windows. */
  window: string | null;
  messages: (Message & { isMeant: boolean })[];
  /** What this annotator said before; for an adjudicator the label that stands; null where there is none. */
  own: { label: Label; unsure: boolean; note: string } | null;
  /** Null unless one adjudicates. */
  votes: Vote[] | null;
}

/** What the page sends to be saved. */
export interface SavedAnswer {
  at: number;
  label: Record<string, Value>;
  unsure: boolean;
  note: string;
}

/** What is asked of a case, as the page shows it. */
export function fieldViews(task: Pick<Task, 'fields'>): FieldView[] {
  return askedFields(task).map(([name, field]) => ({
    name,
    kind: field.kind === 'set' ? 'any' : 'one',
    options: optionsOf(field),
    onlyWhere: field.kind === 'nominal' ? (field.only_where ?? null) : null,
    contains: field.kind === 'set' ? (field.contains ?? null) : null,
  }));
}

function optionsOf(field: Field): FieldView['options'] {
  if (field.kind === 'binary')
    return [
      { value: true, text: 'true' },
      { value: false, text: 'false' },
    ];
  return classesOf(field).map((name) => ({ value: name, text: name }));
}
