import Type from 'typebox';
import { Fields } from './field.ts';
import { Label, TextFingerprint } from './run-record.ts';

export const BASELINE_VERSION = 1;

/** First line of `suites/baselines/<suite>.<model>.jsonl`. */
export const BaselineHeader = Type.Object(
  {
    touchstone: Type.Literal('baseline'),
    version: Type.Literal(BASELINE_VERSION),
    suite: Type.String(),
    model: Type.String(),
    prompt: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    repeats: Type.Integer({ minimum: 1 }),
    /** Lines that follow. */
    cases: Type.Integer({ minimum: 0 }),
    fields: Fields,
  },
  { additionalProperties: false },
);

/** One accepted answer; text of the model is not kept, a baseline being public. */
export const BaselineAnswer = Type.Union([
  Type.Object({ status: Type.Literal('answered'), label: Label }, { additionalProperties: false }),
  Type.Object(
    { status: Type.Union([Type.Literal('invalid'), Type.Literal('refused'), Type.Literal('failed')]) },
    { additionalProperties: false },
  ),
]);

/** Every further line: one case. */
export const BaselineCase = Type.Object(
  {
    id: Type.String(),
    text: TextFingerprint,
    request: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    answers: Type.Array(BaselineAnswer, { minItems: 1 }),
  },
  { additionalProperties: false },
);

export type BaselineHeader = Type.Static<typeof BaselineHeader>;
export type BaselineAnswer = Type.Static<typeof BaselineAnswer>;
export type BaselineCase = Type.Static<typeof BaselineCase>;
