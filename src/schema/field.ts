import Type from 'typebox';

const labelForm = 'letters, digits, _ and -, a letter first, 64 at most';
const fieldForm = 'small letters, digits and _, a letter first, 64 at most';

const LabelName = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]{0,63}$', description: labelForm });
const FieldName = Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$', description: fieldForm });

/** One of k labels; `only_where` names a binary field without which this one is null. */
export const NominalField = Type.Object(
  {
    kind: Type.Literal('nominal'),
    labels: Type.Array(LabelName, { minItems: 2, uniqueItems: true }),
    only_where: Type.Optional(FieldName),
  },
  { additionalProperties: false },
);

/** True or false; `from` derives it from a nominal field instead of asking the model. */
export const BinaryField = Type.Object(
  {
    kind: Type.Literal('binary'),
    from: Type.Optional(FieldName),
    true_for: Type.Optional(Type.Array(LabelName, { minItems: 1, uniqueItems: true })),
  },
  { additionalProperties: false, dependentRequired: { from: ['true_for'], true_for: ['from'] } },
);

/** Levels from lowest to highest, each with its value on the scale. */
export const OrdinalField = Type.Object(
  {
    kind: Type.Literal('ordinal'),
    levels: Type.Record(LabelName, Type.Number(), {
      minProperties: 2,
      additionalProperties: false,
      description: labelForm,
    }),
  },
  { additionalProperties: false },
);

/** Any of k labels; `contains` names a nominal field whose label it holds, being empty when it cannot. */
export const SetField = Type.Object(
  {
    kind: Type.Literal('set'),
    labels: Type.Array(LabelName, { minItems: 1, uniqueItems: true }),
    contains: Type.Optional(FieldName),
  },
  { additionalProperties: false },
);

export const Field = Type.Union([NominalField, BinaryField, OrdinalField, SetField]);

/** First or last `messages` user messages; labelled only from `at_least` user messages on. */
export const Window = Type.Object(
  {
    take: Type.Union([Type.Literal('first'), Type.Literal('last')]),
    messages: Type.Integer({ minimum: 1 }),
    at_least: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);

const named = { minProperties: 1, additionalProperties: false, description: fieldForm };
export const Fields = Type.Record(FieldName, Field, named);
export const Windows = Type.Record(FieldName, Window, named);

export type NominalField = Type.Static<typeof NominalField>;
export type BinaryField = Type.Static<typeof BinaryField>;
export type OrdinalField = Type.Static<typeof OrdinalField>;
export type SetField = Type.Static<typeof SetField>;
export type Field = Type.Static<typeof Field>;
export type Window = Type.Static<typeof Window>;
