import Type from 'typebox';

export const Effort = Type.Union(
  ['low', 'medium', 'high', 'xhigh', 'max'].map((level) =>
    Type.Literal(level as 'low' | 'medium' | 'high' | 'xhigh' | 'max'),
  ),
);

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
