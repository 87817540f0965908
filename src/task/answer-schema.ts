import type { AnswerSchema } from '../model/model.ts';
import type { Field } from '../schema/field.ts';
import { askedFields, type Task } from './task.ts';

/**
 * The JSON Schema that a model must answer in: an object with every asked field, in the suite's order.
 * It keeps to what structured outputs accept: all required, nothing additional, no length limits.
 */
export function answerSchema(task: Pick<Task, 'fields'>): AnswerSchema {
  const asked = askedFields(task);
  return {
    type: 'object',
    properties: Object.fromEntries(asked.map(([name, field]) => [name, fieldSchema(field)])),
    required: asked.map(([name]) => name),
    additionalProperties: false,
  };
}

function fieldSchema(field: Field): AnswerSchema {
  switch (field.kind) {
    case 'binary':
      return { type: 'boolean' };
    case 'set':
      return { type: 'array', items: { type: 'string', enum: field.labels } };
    case 'ordinal': {
      const levels = Object.entries(field.levels);
      const scale = levels.map(([label, value]) => `${label} (${value})`).join(', ');
      return {
        type: 'string',
        enum: levels.map(([label]) => label),
        description: `Ordered from lowest to highest: ${scale}`,
      };
    }
    case 'nominal': {
      const label = { type: 'string', enum: field.labels };
      return field.only_where === undefined
        ? label
        : { anyOf: [label, { type: 'null' }], description: `null where ${field.only_where} is false` };
    }
  }
}
