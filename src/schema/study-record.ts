import Type from 'typebox';
import { Usage } from './run-record.ts';
import { Study } from './study.ts';

export const STUDY_RECORD_VERSION = 1;

const Count = Type.Integer({ minimum: 0 });
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** Conversations that entered a stage and those that it kept. */
const Stage = Type.Object({ name: Type.String(), in: Count, out: Count }, { additionalProperties: false });

/** What became of the questions of one suite. */
const Questions = Type.Object(
  { suite: Type.String(), answered: Count, invalid: Count, refused: Count, failed: Count },
  { additionalProperties: false },
);

/** Counts of one topic, or of all kept conversations where the topic is null. */
const Group = Type.Object(
  {
    topic: Type.Union([Type.String(), Type.Null()]),
    conversations: Count,
    /** By `<suite>.<field>` of `rates`: conversations with a usable answer, those where it is true, and why. */
    rates: Type.Record(
      Type.String(),
      Type.Object(
        { answered: Count, positive: Count, reasons: Type.Record(Type.String(), Count) },
        { additionalProperties: false },
      ),
    ),
    /** By `<suite>.<field>` of `shifts`: conversations with usable answers to both windows, by pair of levels. */
    shifts: Type.Record(
      Type.String(),
      Type.Array(
        Type.Object(
          { from: Type.String(), to: Type.String(), count: Count },
          { additionalProperties: false },
        ),
      ),
    ),
  },
  { additionalProperties: false },
);

/** `study.json`: all counts that a study's figures follow from, without text, id or answer of a conversation. */
export const StudyRecord = Type.Object(
  {
    touchstone: Type.Literal('study'),
    version: Type.Literal(STUDY_RECORD_VERSION),
    study: Study,
    model: Type.String(),
    /** By suite. */
    prompts: Type.Record(
      Type.String(),
      Type.Object({ path: Type.String(), sha256: Sha256 }, { additionalProperties: false }),
    ),
    /** Scale of each ordinal field of `shifts`, by `<suite>.<field>`: a value per level. */
    scales: Type.Record(Type.String(), Type.Record(Type.String(), Type.Number())),
    corpus: Type.Object(
      {
        /** Paths from the project's root. */
        files: Type.Array(
          Type.Object({ path: Type.String(), bytes: Count }, { additionalProperties: false }),
        ),
        /** As `--map` gave it, so that the corpus can be read again; absent where none was needed. */
        mapping: Type.Optional(Type.String()),
        /** Each id once. */
        conversations: Count,
        bad: Count,
        /** Conversations whose id came before; they are counted once. */
        repeated: Count,
        /** Cut to `longest`. */
        cut: Count,
      },
      { additionalProperties: false },
    ),
    git: Type.Union([
      Type.Object({ commit: Type.String(), dirty: Type.Boolean() }, { additionalProperties: false }),
      Type.Null(),
    ]),
    started_at: Type.String(),
    seconds: Type.Number({ minimum: 0 }),
    funnel: Type.Array(Stage),
    questions: Type.Array(Questions),
    /** All kept conversations first, then a topic each. */
    groups: Type.Array(Group),
    /** Label of `select.field` over all conversations with a usable answer. */
    labels: Type.Record(Type.String(), Count),
    /** Over `long_over` human messages: conversations, and those kept. */
    long: Type.Object({ conversations: Count, kept: Count }, { additionalProperties: false }),
    asked: Count,
    spent: Usage,
  },
  { additionalProperties: false },
);

export type StudyRecord = Type.Static<typeof StudyRecord>;
export type StudyGroup = Type.Static<typeof Group>;
export type StudyStage = Type.Static<typeof Stage>;
