import Type from 'typebox';

/** The parts of the Messages API's request that the stand-in knows, as the SDK's types give them. */

const closed = { additionalProperties: false };
const maybe = <S extends Type.TSchema>(schema: S) => Type.Optional(Type.Union([schema, Type.Null()]));

const CacheControl = Type.Object(
  {
    type: Type.Literal('ephemeral'),
    ttl: Type.Optional(Type.Union([Type.Literal('5m'), Type.Literal('1h')])),
  },
  closed,
);

const TextBlock = Type.Object(
  {
    type: Type.Literal('text'),
    text: Type.String({ minLength: 1 }),
    cache_control: maybe(CacheControl),
    citations: maybe(Type.Array(Type.Unknown())),
  },
  closed,
);

const ThinkingBlock = Type.Object(
  { type: Type.Literal('thinking'), thinking: Type.String(), signature: Type.String() },
  closed,
);

const Content = Type.Union([
  Type.String({ minLength: 1 }),
  Type.Array(Type.Union([TextBlock, ThinkingBlock])),
]);

const Thinking = Type.Union([
  Type.Object({ type: Type.Literal('adaptive'), display: maybe(Type.String()) }, closed),
  Type.Object({ type: Type.Literal('disabled') }, closed),
  Type.Object({ type: Type.Literal('between_tools') }, closed),
  Type.Object(
    {
      type: Type.Literal('enabled'),
      budget_tokens: Type.Integer({ minimum: 1024 }),
      display: maybe(Type.String()),
    },
    closed,
  ),
]);

const OutputConfig = Type.Object(
  {
    effort: maybe(Type.Union(['low', 'medium', 'high', 'xhigh', 'max'].map((level) => Type.Literal(level)))),
    format: maybe(
      Type.Object(
        { type: Type.Literal('json_schema'), schema: Type.Record(Type.String(), Type.Unknown()) },
        closed,
      ),
    ),
  },
  closed,
);

const prompt = {
  model: Type.String({ minLength: 1 }),
  messages: Type.Array(
    Type.Object(
      { role: Type.Union([Type.Literal('user'), Type.Literal('assistant')]), content: Content },
      closed,
    ),
    { minItems: 1 },
  ),
  system: Type.Optional(Type.Union([Type.String(), Type.Array(TextBlock)])),
  thinking: Type.Optional(Thinking),
  output_config: Type.Optional(OutputConfig),
  cache_control: maybe(CacheControl),
};

/** Body of `POST /v1/messages`. */
export const MessageBody = Type.Object(
  {
    ...prompt,
    max_tokens: Type.Integer({ minimum: 0 }),
    metadata: Type.Optional(Type.Object({ user_id: maybe(Type.String()) }, closed)),
    service_tier: Type.Optional(Type.Union([Type.Literal('auto'), Type.Literal('standard_only')])),
    stop_sequences: Type.Optional(Type.Array(Type.String())),
    stream: Type.Optional(Type.Literal(false)),
  },
  closed,
);

/** Body of `POST /v1/messages/count_tokens`. */
export const CountBody = Type.Object(prompt, closed);

/** Body of `POST /v1/messages/batches`; each `params` is checked when the batch is processed. */
export const BatchBody = Type.Object(
  {
    requests: Type.Array(
      Type.Object(
        { custom_id: Type.String({ pattern: '^[a-zA-Z0-9_-]{1,64}$' }), params: Type.Unknown() },
        closed,
      ),
      { minItems: 1, maxItems: 100_000 },
    ),
  },
  closed,
);

export type MessageBody = Type.Static<typeof MessageBody>;
export type CountBody = Type.Static<typeof CountBody>;
export type BatchBody = Type.Static<typeof BatchBody>;
