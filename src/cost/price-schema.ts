import Type from 'typebox';

const UsdPerMillion = Type.Number({ minimum: 0 });

const rates = {
  input: UsdPerMillion,
  output: UsdPerMillion,
  /** Input written to the prompt cache, kept for five minutes. */
  cache_write_5m: UsdPerMillion,
  /** Input read from the prompt cache. */
  cache_read: UsdPerMillion,
};

/** US dollars per million tokens; the last entry of `over` that a prompt exceeds replaces all four. */
export const ModelPrice = Type.Object(
  {
    ...rates,
    over: Type.Optional(
      Type.Array(
        Type.Object(
          { prompt_tokens: Type.Integer({ minimum: 0 }), ...rates },
          { additionalProperties: false },
        ),
      ),
    ),
  },
  { additionalProperties: false },
);

/** `prices.yaml`. */
export const Prices = Type.Object(
  {
    as_of: Type.String({
      pattern: '^\\d{4}-\\d{2}-\\d{2}$',
      description: "a quoted date such as '2026-11-22'",
    }),
    source: Type.String({ minLength: 1 }),
    batch_factor: Type.Number({ minimum: 0, maximum: 1 }),
    models: Type.Record(
      Type.String({ pattern: '^[a-z][a-z0-9.-]{0,99}$', description: "a model's name" }),
      ModelPrice,
    ),
  },
  { additionalProperties: false },
);

export type ModelPrice = Type.Static<typeof ModelPrice>;
export type Prices = Type.Static<typeof Prices>;
