import type { Message, StopReason } from '@anthropic-ai/sdk/resources/messages';
import { answerEmbedded } from '../../src/model/embedded/embedded.ts';
import type { ModelRequest } from '../../src/model/model.ts';
import type { Behaviour } from './behaviour.ts';
import type { CacheUse } from './prompt-cache.ts';
import type { MessageBody } from './request-schema.ts';
import { contentText, countPrompt, countText, systemText } from './tokens.ts';

export type AnswerText = (request: ModelRequest) => string;

/** The embedded model, where a schema is asked for. */
export const embeddedAnswer: AnswerText = (request) =>
  Object.keys(request.schema).length === 0 ? 'Yes.' : answerEmbedded(request);

/** The message that answers a request, made as the API makes it. */
export function answerMessage(
  body: MessageBody,
  id: string,
  cache: CacheUse,
  answer: AnswerText,
  behaviour: Behaviour | undefined,
): Message {
  const said =
    body.messages.at(-1)?.role === 'assistant' ? contentText(body.messages.at(-1)?.content ?? '') : '';
  const whole = wholeText(body, answer, behaviour).slice(said.length);
  const { text, stopReason } = ending(whole, body.max_tokens, behaviour);
  return {
    id,
    type: 'message',
    role: 'assistant',
    model: body.model,
    content: text === '' ? [] : [{ type: 'text', text, citations: null }],
    container: null,
    diagnostics: null,
    stop_reason: stopReason as StopReason,
    stop_details:
      stopReason === 'refusal' ? { type: 'refusal', category: 'general_harms', explanation: null } : null,
    stop_sequence: stopReason === 'stop_sequence' ? '\n\n' : null,
    usage: {
      input_tokens: countPrompt(body) - cache.written - cache.read,
      output_tokens: Math.max(1, countText(text)),
      cache_creation_input_tokens: cache.written,
      cache_read_input_tokens: cache.read,
      cache_creation: { ephemeral_5m_input_tokens: cache.written, ephemeral_1h_input_tokens: 0 },
      inference_geo: null,
      output_tokens_details: null,
      server_tool_use: null,
      service_tier: 'standard',
      speed: 'standard',
    },
  };
}

function wholeText(body: MessageBody, answer: AnswerText, behaviour: Behaviour | undefined): string {
  if (behaviour?.kind === 'text') return behaviour.text;
  if (behaviour?.kind === 'stop' && behaviour.text !== undefined) return behaviour.text;
  const format = body.output_config?.format;
  return answer({
    system: systemText(body),
    user: contentText(body.messages[0]?.content ?? ''),
    schema: format == null ? {} : format.schema,
    maxTokens: body.max_tokens,
  });
}

function ending(
  whole: string,
  maxTokens: number,
  behaviour: Behaviour | undefined,
): { text: string; stopReason: string } {
  if (behaviour?.kind !== 'stop') {
    const fits = countText(whole) <= maxTokens;
    return fits
      ? { text: whole, stopReason: 'end_turn' }
      : {
          text: Buffer.from(whole)
            .subarray(0, maxTokens * 3)
            .toString(),
          stopReason: 'max_tokens',
        };
  }
  const { reason: stopReason, text } = behaviour;
  if (stopReason === 'pause_turn') return { text: whole.slice(0, Math.ceil(whole.length / 2)), stopReason };
  if (stopReason === 'refusal') return { text: text ?? '', stopReason };
  if (stopReason === 'max_tokens') return { text: text ?? whole.slice(0, 5), stopReason };
  return { text: whole, stopReason };
}
