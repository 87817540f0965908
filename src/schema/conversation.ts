import Type from 'typebox';

/** Safe in a path, a URL, a shell word and a `custom_id`. */
export const ConversationId = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,47}$',
  description: 'letters, digits, _ and -, a letter or digit first, 48 at most',
});

const LanguageTag = Type.String({
  pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
  description: 'a language tag such as en or zh-Hant',
});

const Tag = Type.String({
  pattern: '^[a-z0-9][a-z0-9_-]{0,47}$',
  description: 'small letters, digits, _ and -, 48 at most',
});

export const Message = Type.Object(
  {
    role: Type.Union([Type.Literal('user'), Type.Literal('assistant')]),
    content: Type.String({ minLength: 1 }),
  },
  { additionalProperties: false },
);

/** A line of `conversations.jsonl`. Conversations of one `family` share a scenario and are not independent. */
export const Conversation = Type.Object(
  {
    id: ConversationId,
    lang: LanguageTag,
    family: ConversationId,
    tags: Type.Array(Tag, { uniqueItems: true }),
    messages: Type.Array(Message, { minItems: 1 }),
  },
  { additionalProperties: false },
);

export type Message = Type.Static<typeof Message>;
export type Conversation = Type.Static<typeof Conversation>;
