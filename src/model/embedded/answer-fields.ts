import type { AnswerSchema } from '../model.ts';

/** One property of an answer, as its JSON Schema describes it. */
export type AnswerField =
  | {
      kind: 'nominal';
      name: string;
      labels: string[];
      description: string;
      onlyWhere: string | null;
      nullable: boolean;
    }
  | { kind: 'ordered'; name: string; labels: string[]; description: string }
  | { kind: 'set'; name: string; labels: string[]; description: string }
  | { kind: 'boolean'; name: string; labels: string[]; description: string }
  /** A shape that offers no choice of labels: its value is always the same. */
  | { kind: 'fixed'; name: string; labels: string[]; description: string; value: unknown };

const ORDERED = /^\s*ordered from lowest to highest:/i;

/**
 * The fields of an answer in the schema's order. A field is ordered when its description begins with
 * "Ordered from lowest to highest:"; one that may be null depends on the boolean field that its
 * description names, or on the only one there is.
 */
export function answerFields(schema: AnswerSchema): AnswerField[] {
  const properties = Object.entries(asObject(schema.properties)).map(
    ([name, property]) => [name, asObject(property)] as const,
  );
  const booleans = properties.filter(([, property]) => property.type === 'boolean').map(([name]) => name);
  return properties.map(([name, property]) => answerField(name, property, booleans));
}

function answerField(name: string, property: AnswerSchema, booleans: readonly string[]): AnswerField {
  const description = typeof property.description === 'string' ? property.description : '';
  const base = { name, description };
  if (property.type === 'boolean') return { ...base, kind: 'boolean', labels: ['true', 'false'] };
  const members = enumOf(asObject(property.items));
  if (members !== null) return { ...base, kind: 'set', labels: members };

  const choices = [property, ...asArray(property.anyOf), ...asArray(property.oneOf)].map(asObject);
  const labels = choices.map(enumOf).find((found) => found !== null) ?? null;
  if (labels === null) return { ...base, kind: 'fixed', labels: [], value: neutralValue(property, choices) };
  if (ORDERED.test(description)) return { ...base, kind: 'ordered', labels };
  const nullable = choices.some(({ type, enum: values }) => includesNull(type) || includesNull(values));
  const named = booleans.find((boolean) => new RegExp(`\\b${boolean}\\b`).test(description));
  const onlyWhere = nullable ? (named ?? (booleans.length === 1 ? (booleans[0] ?? null) : null)) : null;
  return { ...base, kind: 'nominal', labels, onlyWhere, nullable };
}

function enumOf(schema: AnswerSchema): string[] | null {
  const labels = asArray(schema.enum).filter((label) => typeof label === 'string');
  return labels.length > 0 ? labels : null;
}

/** A value of a shape this model cannot choose in: null where it may be, else the emptiest of its type. */
function neutralValue(property: AnswerSchema, choices: readonly AnswerSchema[]): unknown {
  if ('const' in property) return property.const;
  const types = choices.flatMap(({ type }) => (Array.isArray(type) ? type : [type]));
  if (types.includes('null')) return null;
  switch (types.find((type) => type !== undefined)) {
    case 'array':
      return [];
    case 'object':
      return {};
    case 'number':
    case 'integer':
      return 0;
    default:
      return '';
  }
}

function includesNull(value: unknown): boolean {
  return value === 'null' || (Array.isArray(value) && (value.includes('null') || value.includes(null)));
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function asObject(value: unknown): AnswerSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
