import type Anthropic from '@anthropic-ai/sdk';
import type { ModelRequest } from '../model.ts';

/**
 * A request in the API's terms. The system text is one cached block, since all questions of a prompt share
 * it; the user turn is passed on as it is. Lone surrogates leave as `\udXXX` escapes: the SDK sends what
 * `JSON.stringify` gives, and that is well-formed.
 */
export function messageParams(
  request: ModelRequest,
  model: string,
): Anthropic.Messages.MessageCreateParamsNonStreaming {
  return {
    model,
    max_tokens: request.maxTokens,
    system: [{ type: 'text', text: request.system, cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: request.user }],
    output_config: {
      format: { type: 'json_schema', schema: { ...request.schema } },
      ...(request.effort === undefined ? {} : { effort: request.effort }),
    },
  };
}
