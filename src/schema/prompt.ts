import Type from 'typebox';

export const Effort = Type.Union([
  Type.Literal('low'),
  Type.Literal('medium'),
  Type.Literal('high'),
  Type.Literal('xhigh'),
  Type.Literal('max'),
]);

/** Front matter of `prompts/*.md`; the body is the system text. */
export const PromptFrontMatter = Type.Object(
  {
    max_tokens: Type.Integer({ minimum: 1, maximum: 128_000 }),
    effort: Type.Optional(Effort),
    /** Asked again after the conversation. `{window}` stands for the window's name. */
    question: Type.String({ minLength: 1 }),
  },
  { additionalProperties: false },
);

export type Effort = Type.Static<typeof Effort>;
export type PromptFrontMatter = Type.Static<typeof PromptFrontMatter>;
