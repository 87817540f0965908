import Type from 'typebox';

const Name = Type.String({ minLength: 1, maxLength: 64 });
const Share = Type.Number({ minimum: 0, maximum: 1 });
const Messages = Type.Integer({ minimum: 1 });

/**
 * `studies/<name>.yaml`: which suites are asked over a corpus, about which conversations, and what is counted. The
 * names in it are those of the suites' own fields, labels and windows.
 */
export const Study = Type.Object(
  {
    name: Type.String({
      pattern: '^[a-z][a-z0-9-]{0,47}$',
      description: 'small letters, digits and -, a letter first, 48 at most',
    }),
    description: Type.Optional(Type.String()),
    /** Asked about every conversation; its answer decides which are kept. */
    select: Type.Object(
      {
        suite: Name,
        /** A nominal field. */
        field: Name,
        /** Labels that leave the funnel first, and those that stay; all others leave next. */
        drop: Type.Array(Name, { uniqueItems: true }),
        keep: Type.Array(Name, { minItems: 1, uniqueItems: true }),
        /** Human messages that a conversation of a label needs to be kept. */
        at_least: Type.Optional(Type.Record(Name, Messages)),
        /** A set field: the topics of a kept conversation. The label of `field` where absent. */
        topics: Type.Optional(Name),
        /** Topics that are counted but left out of analyses by topic where they are a smaller share of all conversations. */
        left_out_under: Type.Optional(Type.Record(Name, Share)),
      },
      { additionalProperties: false },
    ),
    /** Asked about kept conversations: how often a binary field is true, by topic, and why. */
    rates: Type.Optional(
      Type.Array(
        Type.Object(
          { suite: Name, field: Name, reasons: Type.Optional(Name) },
          { additionalProperties: false },
        ),
      ),
    ),
    /** Asked about two windows of kept conversations that have both: how an ordinal field changes, by topic. */
    shifts: Type.Optional(
      Type.Array(
        Type.Object({ suite: Name, field: Name, from: Name, to: Name }, { additionalProperties: false }),
      ),
    ),
    /** Conversations of more human messages are counted as a group of their own. */
    long_over: Type.Optional(Messages),
    /** Conversations of more characters are cut: the first and the last halves are kept, the middle is left out. */
    longest: Type.Optional(Type.Integer({ minimum: 1000 })),
  },
  { additionalProperties: false },
);

export type Study = Type.Static<typeof Study>;
