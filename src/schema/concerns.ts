import Type from 'typebox';

export const CONCERNS_VERSION = 1;

const Count = Type.Integer({ minimum: 0 });

/** A group of at least `min_group` conversations that are about the same. */
const ConcernGroup = Type.Object(
  {
    /** Checked for what may identify a person; null where nothing may be said. */
    name: Type.Union([Type.String({ minLength: 1, maxLength: 160 }), Type.Null()]),
    /** Whether a model gave the name, or it is made of the lines' most telling words. */
    named_by: Type.Union([Type.Literal('model'), Type.Literal('words')]),
    conversations: Type.Integer({ minimum: 1 }),
    /** Of all conversations with a line. */
    share: Type.Number({ minimum: 0, maximum: 1 }),
    /** Conversations of a topic; topics of fewer than `min_group` are not in it, and one of several counts in each. */
    by_topic: Type.Record(Type.String(), Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);

/** `concerns.json`, beside `study.json`: what people bring, without text, line or id of a conversation. */
export const ConcernsRecord = Type.Object(
  {
    touchstone: Type.Literal('concerns'),
    version: Type.Literal(CONCERNS_VERSION),
    /** Name of the study. */
    study: Type.String(),
    /** That wrote the lines and names. */
    model: Type.String(),
    min_group: Type.Integer({ minimum: 1 }),
    seed: Type.Integer(),
    /** With a line. */
    conversations: Count,
    /** The greatest first. */
    groups: Type.Array(ConcernGroup),
    /** Conversations that came into a shown group from one that was too small. */
    merged: Count,
    /** Names of the model that did not pass the check. */
    refused_names: Count,
    /** Conversations without a line, and those in no group that is shown. */
    not_shown: Type.Object({ without_line: Count, dropped: Count }, { additionalProperties: false }),
  },
  { additionalProperties: false },
);

export type ConcernsRecord = Type.Static<typeof ConcernsRecord>;
