import Type from 'typebox';
import type { Task } from '../task/task.ts';
import { caseSchemas, voteSchema } from './label.ts';

/**
 * Schema of a line of `open/<name>.jsonl`: a case whose label is not settled yet, and the votes that it has
 * so far.
 */
export function openLineSchema(task: Pick<Task, 'fields' | 'windows'>): Type.TSchema {
  return Type.Object(
    { ...caseSchemas(task), votes: Type.Optional(Type.Array(voteSchema(task))) },
    { additionalProperties: false },
  );
}
