import Type from 'typebox';
import { Fields, Windows } from './field.ts';

const Share = Type.Number({ minimum: 0, maximum: 1 });

/** Which cases a rule or a slice is about; every condition given must hold. */
export const Where = Type.Object(
  {
    tag: Type.Optional(Type.String()),
    lang: Type.Optional(Type.String()),
    window: Type.Optional(Type.String()),
  },
  { additionalProperties: false, minProperties: 1 },
);

/** `<field>.<metric>` or `<field>.<metric>.<label>`, e.g. `primary.accuracy`, `pushback.recall.true`. */
const MetricName = Type.String({
  pattern: '^[a-z][a-z0-9_]*\\.[a-z0-9_]+(\\.[A-Za-z0-9_-]+)?$',
  description: 'the form field.metric or field.metric.label, such as primary.f1.coaching',
});

export const FloorRule = Type.Object(
  { rule: Type.Literal('floor'), metric: MetricName, min: Type.Number(), where: Type.Optional(Where) },
  { additionalProperties: false },
);

export const NoWorseRule = Type.Object(
  {
    rule: Type.Literal('no_worse_than_baseline'),
    metric: MetricName,
    margin: Type.Number({ exclusiveMinimum: 0 }),
    alpha: Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 0.5 }),
    where: Type.Optional(Where),
  },
  { additionalProperties: false },
);

export const MustPassRule = Type.Object(
  {
    rule: Type.Literal('must_pass'),
    /** Field whose value must be right; every field where absent. */
    field: Type.Optional(Type.String()),
    cases: Type.Optional(Type.Array(Type.String(), { minItems: 1, uniqueItems: true })),
    where: Type.Optional(Where),
    /** Where `allowed`, a case that the accepted baseline gets wrong too does not count. */
    known_failures: Type.Optional(Type.Literal('allowed')),
  },
  { additionalProperties: false },
);

export const BudgetRule = Type.Object(
  {
    rule: Type.Literal('budget'),
    max_invalid: Type.Optional(Share),
    max_usd: Type.Optional(Type.Number({ minimum: 0 })),
    max_seconds: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  },
  { additionalProperties: false, minProperties: 2 },
);

export const Rule = Type.Union([FloorRule, NoWorseRule, MustPassRule, BudgetRule]);

/** `suites/<name>.yaml`: the task, what to run, and what must hold. */
export const Suite = Type.Object(
  {
    name: Type.String({
      pattern: '^[a-z][a-z0-9-]{0,47}$',
      description: 'small letters, digits and -, a letter first, 48 at most',
    }),
    description: Type.Optional(Type.String()),
    /** Path of the prompt, relative to the project's root. */
    prompt: Type.String({ minLength: 1 }),
    /** `goldens/labels/<labels>.jsonl`; the suite's name where absent. */
    labels: Type.Optional(
      Type.String({
        pattern: '^[a-z][a-z0-9_-]{0,47}$',
        description: 'small letters, digits, _ and -, a letter first, 48 at most',
      }),
    ),
    fields: Fields,
    windows: Type.Optional(Windows),
    /** The metric a report names first. */
    headline: MetricName,
    rules: Type.Array(Rule),
    /** Whether an undecided rule blocks (exit 1) or only warns. */
    on_undecided: Type.Optional(Type.Union([Type.Literal('block'), Type.Literal('warn')])),
  },
  { additionalProperties: false },
);

export type Where = Type.Static<typeof Where>;
export type FloorRule = Type.Static<typeof FloorRule>;
export type NoWorseRule = Type.Static<typeof NoWorseRule>;
export type MustPassRule = Type.Static<typeof MustPassRule>;
export type BudgetRule = Type.Static<typeof BudgetRule>;
export type Rule = Type.Static<typeof Rule>;
export type Suite = Type.Static<typeof Suite>;
