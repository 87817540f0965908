import Type from 'typebox';
import { Fields, Windows } from './field.ts';
import { Rule } from './suite.ts';

/** Raised by one whenever a reader of the old shape would misread the new one. */
export const RUN_RECORD_VERSION = 1;

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
/** First 16 hex digits of a SHA-256. */
export const TextFingerprint = Type.String({ pattern: '^[0-9a-f]{16}$' });
const Count = Type.Integer({ minimum: 0 });

export const Value = Type.Union([Type.String(), Type.Boolean(), Type.Array(Type.String()), Type.Null()]);
/** One value per field that the model is asked for; null where `only_where` does not hold. */
export const Label = Type.Record(Type.String(), Value);

export const Usage = Type.Object(
  {
    input_tokens: Count,
    output_tokens: Count,
    cache_write_tokens: Count,
    cache_read_tokens: Count,
    /** US dollars; null where the model has no known price. */
    cost_usd: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  },
  { additionalProperties: false },
);

const given = {
  /** The model's text as it came; empty where there was none. */
  raw: Type.String(),
  usage: Usage,
  latency_ms: Type.Number({ minimum: 0 }),
};

/** What became of one question. Only `answered` is usable; the others count as wrong. */
export const Answer = Type.Union([
  Type.Object({ status: Type.Literal('answered'), label: Label, ...given }, { additionalProperties: false }),
  Type.Object(
    {
      status: Type.Union([Type.Literal('invalid'), Type.Literal('refused'), Type.Literal('failed')]),
      reason: Type.String(),
      ...given,
    },
    { additionalProperties: false },
  ),
]);

export const CaseRecord = Type.Object(
  {
    /** `c0002`, or `c0002/opening` for a window. */
    id: Type.String(),
    conversation: Type.String(),
    window: Type.Union([Type.String(), Type.Null()]),
    family: Type.String(),
    lang: Type.String(),
    tags: Type.Array(Type.String()),
    /** Fingerprint of the conversation's messages: the same id with another text is another case. */
    text: TextFingerprint,
    expected: Label,
    /** Hash of the exact request: system text, user turn, answer schema, settings. */
    request: Sha256,
    /** One per repeat. */
    answers: Type.Array(Answer, { minItems: 1 }),
  },
  { additionalProperties: false },
);

/** All that any step after asking needs: plain JSON, without the conversations' text. */
export const RunRecord = Type.Object(
  {
    touchstone: Type.Literal('run'),
    version: Type.Literal(RUN_RECORD_VERSION),
    suite: Type.Object(
      {
        name: Type.String(),
        path: Type.String(),
        sha256: Sha256,
        fields: Fields,
        windows: Type.Union([Windows, Type.Null()]),
        headline: Type.String(),
        rules: Type.Array(Rule),
        on_undecided: Type.Union([Type.Literal('block'), Type.Literal('warn')]),
      },
      { additionalProperties: false },
    ),
    model: Type.String(),
    prompt: Type.Object({ path: Type.String(), sha256: Sha256 }, { additionalProperties: false }),
    goldens: Type.Object(
      { path: Type.String(), sha256: Sha256, conversations: Count },
      { additionalProperties: false },
    ),
    git: Type.Union([
      Type.Object({ commit: Type.String(), dirty: Type.Boolean() }, { additionalProperties: false }),
      Type.Null(),
    ]),
    /** ISO 8601, UTC. */
    started_at: Type.String(),
    repeats: Type.Integer({ minimum: 1 }),
    /** Why this is not the whole suite; null where it is. */
    selection: Type.Union([
      Type.Object(
        { filter: Type.Union([Type.String(), Type.Null()]), limit: Type.Union([Count, Type.Null()]) },
        { additionalProperties: false },
      ),
      Type.Null(),
    ]),
    /** How many cases there were to ask, where the asking ended before all of them were. */
    planned: Type.Optional(Count),
    /** Where cases were asked in random order until the rules were decided; absent where all were to be asked. */
    sequential: Type.Optional(
      Type.Object(
        {
          /** Of the order. */
          seed: Count,
          /** Families, in the seeded order, that the figures rest on; further cases were asked for `must_pass` alone. */
          families: Count,
          /** Families that there were to ask. */
          planned_families: Count,
          /** The largest number of cases in one of them. */
          largest_family: Type.Integer({ minimum: 1 }),
        },
        { additionalProperties: false },
      ),
    ),
    /** Sorted by id. */
    cases: Type.Array(CaseRecord),
    /** Answers asked in this run; the rest came from the store. */
    asked: Count,
    /** Tokens and cost of the answers asked in this run. */
    spent: Usage,
    /** Wall time of the asking, seconds. */
    seconds: Type.Number({ minimum: 0 }),
  },
  { additionalProperties: false },
);

export type Value = Type.Static<typeof Value>;
export type Label = Type.Static<typeof Label>;
export type Usage = Type.Static<typeof Usage>;
export type Answer = Type.Static<typeof Answer>;
export type CaseRecord = Type.Static<typeof CaseRecord>;
export type RunRecord = Type.Static<typeof RunRecord>;
