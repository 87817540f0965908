import Type from 'typebox';
import { askedFields, classesOf, type Task } from '../task/task.ts';
import { ConversationId } from './conversation.ts';
import type { Field } from './field.ts';

/** Properties of a label line or a vote that are not fields; no field may bear their names. */
export const RESERVED_NAMES: readonly string[] = [
  'id',
  'window',
  'votes',
  'note',
  'adjudicated',
  'by',
  'unsure',
];

/**
 * Schema of a line of `labels/<name>.jsonl`: the conversation's id, the window where the task has windows,
 * one value per field that annotators label, and optionally every annotator's vote, a note, and whether an
 * adjudicator overruled the votes.
 */
export function labelLineSchema(task: Pick<Task, 'fields' | 'windows'>): Type.TSchema {
  return Type.Object(
    {
      ...caseSchemas(task),
      ...valueSchemas(task),
      adjudicated: Type.Optional(Type.Boolean()),
      votes: Type.Optional(Type.Array(voteSchema(task))),
      note: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  );
}

/** Properties that name a case: the conversation's id, and the window where the task has windows. */
export function caseSchemas({ windows }: Pick<Task, 'windows'>): Record<string, Type.TSchema> {
  return {
    id: ConversationId,
    ...(windows === null ? {} : { window: Type.Enum(Object.keys(windows)) }),
  };
}

/** Schema of one annotator's vote: who, a value per field, whether they were unsure, and a note of theirs. */
export function voteSchema(task: Pick<Task, 'fields'>): Type.TSchema {
  return Type.Object(
    {
      by: Type.String({ minLength: 1 }),
      ...valueSchemas(task),
      unsure: Type.Optional(Type.Boolean()),
      note: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  );
}

function valueSchemas(task: Pick<Task, 'fields'>): Record<string, Type.TSchema> {
  return Object.fromEntries(askedFields(task).map(([name, field]) => [name, valueSchema(field)]));
}

function valueSchema(field: Field): Type.TSchema {
  switch (field.kind) {
    case 'binary':
      return Type.Boolean();
    case 'set':
      return Type.Array(Type.Enum(field.labels), { uniqueItems: true });
    case 'ordinal':
      return Type.Enum(classesOf(field));
    case 'nominal':
      return field.only_where === undefined
        ? Type.Enum(field.labels)
        : Type.Unsafe({ enum: [...field.labels, null] });
  }
}
