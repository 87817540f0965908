import Type from 'typebox';
import { ConversationId, Message } from './conversation.ts';
import { Fields } from './field.ts';
import { TextFingerprint } from './run-record.ts';

export const SAMPLE_VERSION = 1;

const Count = Type.Integer({ minimum: 0 });
const named = <T extends Type.TSchema>(value: T) => Type.Record(Type.String(), value);

/**
 * First line of a labelling file. It says what may be filled in, and nothing of what the model answered: who labels
 * must not know it.
 */
export const SampleHeader = Type.Object(
  {
    touchstone: Type.Literal('sample'),
    version: Type.Literal(SAMPLE_VERSION),
    study: Type.String(),
    model: Type.String(),
    /** Of the draw. */
    seed: Count,
    /** Lines that follow. */
    conversations: Count,
    /** Says which key belongs to the file. */
    sample: TextFingerprint,
    /** By suite: the fields that are to be labelled, and their labels. */
    fields: named(Fields),
  },
  { additionalProperties: false },
);

/**
 * Every further line: a conversation, with text. In `labels`, by suite, each field is null until it is filled in;
 * a suite whose fields are all null is not labelled yet. What lies between is cut from very long conversations.
 */
export const SampleLine = Type.Object(
  {
    id: ConversationId,
    /** Where it stands in the corpus. */
    file: Type.String(),
    line: Type.Integer({ minimum: 1 }),
    messages: Type.Array(Message, { minItems: 1 }),
    labels: named(Type.Record(Type.String(), Type.Unknown())),
    /** Set by who labels: the label counts all the same, and how many there are is said. */
    unsure: Type.Boolean(),
    note: Type.Union([Type.String(), Type.Null()]),
  },
  { additionalProperties: false },
);

/** What the model made of some conversations; a rate is by topic, null for all that are kept. */
const RateCounts = Type.Object(
  { topic: Type.Union([Type.String(), Type.Null()]), answered: Count, positive: Count },
  { additionalProperties: false },
);

/** Conversations of the corpus to which the model gave one label of the selecting field. */
export const Stratum = Type.Object(
  {
    /** The label, or `no answer`. */
    name: Type.String(),
    /** Conversations of the corpus, and of the sample. */
    size: Type.Integer({ minimum: 1 }),
    sampled: Type.Integer({ minimum: 1 }),
    kept: Count,
    /** By topic: those that the model kept and found to be of it. */
    topics: named(Count),
    /** By `<suite>.<field>`: of those that the model kept. */
    rates: named(Type.Array(RateCounts)),
  },
  { additionalProperties: false },
);

/** What the model said of a conversation of the sample. */
export const SampledAnswer = Type.Object(
  {
    id: ConversationId,
    stratum: Type.String(),
    /** Conversations of the corpus that it stands for: the stratum's size over those drawn from it. */
    weight: Type.Number({ minimum: 1 }),
    human_messages: Count,
    kept: Type.Boolean(),
    topics: Type.Array(Type.String()),
    /** By `<suite>.<field>`; null where it was not asked or has no usable answer. */
    rates: named(Type.Union([Type.Boolean(), Type.Null()])),
  },
  { additionalProperties: false },
);

/** `<sample>.key.json`, beside the labelling file: strata, weights and the model's answers. */
export const SampleKey = Type.Object(
  {
    touchstone: Type.Literal('sample-key'),
    version: Type.Literal(SAMPLE_VERSION),
    sample: TextFingerprint,
    study: Type.String(),
    model: Type.String(),
    /** SHA-256 of each suite's prompt. */
    prompts: named(Type.String()),
    /** Conversations of the corpus. */
    corpus: Count,
    strata: Type.Array(Stratum),
    conversations: Type.Array(SampledAnswer),
  },
  { additionalProperties: false },
);

export type SampleHeader = Type.Static<typeof SampleHeader>;
export type SampleLine = Type.Static<typeof SampleLine>;
export type Stratum = Type.Static<typeof Stratum>;
export type SampledAnswer = Type.Static<typeof SampledAnswer>;
export type SampleKey = Type.Static<typeof SampleKey>;
