import Type from 'typebox';
import { Suite } from './suite.ts';

/** Raised by one whenever a reader of the old shape would misread the new one. */
export const HISTORY_VERSION = 1;

/** Far beyond any metric, and short when written. */
const Figure = Type.Number({ minimum: -1e6, maximum: 1e6 });

/** The headline metric of one run. */
const Point = Type.Object(
  {
    /** When the run was made, or its baseline committed: ISO 8601, UTC, with milliseconds. */
    at: Type.String({
      pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{3}Z$',
      description: 'a time as 2026-11-22T21:40:05.123Z',
    }),
    /** Full hash; null where the run is of no commit. */
    commit: Type.Union([
      Type.String({ pattern: '^[0-9a-f]{40,64}$', description: 'the full hash of a commit' }),
      Type.Null(),
    ]),
    /** Shares from 0 to 1; null where the metric is undefined. */
    value: Type.Union([Figure, Type.Null()]),
    /** 95%; null where there is none. */
    interval: Type.Union([
      Type.Object({ low: Figure, high: Figure }, { additionalProperties: false }),
      Type.Null(),
    ]),
    /** SHA-256 of the prompt. */
    prompt: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'a SHA-256 in hexadecimal' }),
    /** Whether the prompt is another than at the point of the same kind before. */
    prompt_changed: Type.Boolean(),
    /** `accepted`: the answers of a committed baseline. `run`: a run that nobody accepted. */
    kind: Type.Union([Type.Literal('accepted'), Type.Literal('run')]),
  },
  { additionalProperties: false },
);

/** `history.json` of a published site: a series a suite, model and metric, each with its oldest point first. */
export const HistoryFile = Type.Object(
  {
    touchstone: Type.Literal('history'),
    version: Type.Literal(HISTORY_VERSION),
    series: Type.Array(
      Type.Object(
        {
          suite: Suite.properties.name,
          model: Type.String({ minLength: 1, maxLength: 500 }),
          metric: Suite.properties.headline,
          points: Type.Array(Point),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);

export type HistoryFile = Type.Static<typeof HistoryFile>;
