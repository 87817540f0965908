import type { Effort } from '../schema/prompt.ts';
import type { Usage } from '../schema/run-record.ts';

/** JSON Schema (draft 2020-12 subset that structured outputs accept) of an answer object. */
export type AnswerSchema = Readonly<Record<string, unknown>>;

/** The exact question, in the terms every model understands. Equal requests have equal hashes. */
export interface ModelRequest {
  system: string;
  user: string;
  schema: AnswerSchema;
  maxTokens: number;
  effort?: Effort;
}

/** What a model gave, before anything is read into it. */
export type ModelReply =
  | { kind: 'text'; text: string; usage: Usage }
  | { kind: 'refused'; text: string; usage: Usage }
  /** Text that cannot be an answer, such as one cut off by its token limit. */
  | { kind: 'invalid'; reason: string; text: string; usage: Usage }
  /** No answer, and asking again now would not help. */
  | { kind: 'failed'; reason: string };

/** A request in, a reply out. Implementations never throw for one bad answer. */
export interface Model {
  /** As given to `--model`, resolved: `embedded`, `anthropic:claude-haiku-5-5`. Part of the store's key. */
  id: string;
  /** Changes whenever the same request may be answered otherwise; null where only the provider knows. */
  revision: string | null;
  ask(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
}

export const NO_USAGE: Usage = {
  input_tokens: 0,
  output_tokens: 0,
  cache_write_tokens: 0,
  cache_read_tokens: 0,
  cost_usd: 0,
};

/** The sum of what several answers took; the cost is unknown where one of theirs is. */
export function addUsage(usages: readonly Usage[]): Usage {
  const total = (pick: (usage: Usage) => number) => usages.reduce((sum, usage) => sum + pick(usage), 0);
  return {
    input_tokens: total((usage) => usage.input_tokens),
    output_tokens: total((usage) => usage.output_tokens),
    cache_write_tokens: total((usage) => usage.cache_write_tokens),
    cache_read_tokens: total((usage) => usage.cache_read_tokens),
    cost_usd: usages.some((usage) => usage.cost_usd === null) ? null : total((usage) => usage.cost_usd ?? 0),
  };
}
