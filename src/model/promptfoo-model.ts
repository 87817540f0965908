import type { ApiProvider, ProviderResponse } from 'promptfoo';
import { importPromptfoo } from '../ask/promptfoo.ts';
import { InputError } from '../errors/errors.ts';
import type { Usage } from '../schema/run-record.ts';
import type { Model, ModelReply, ModelRequest } from './model.ts';

/**
 * Any provider that promptfoo knows, called directly: no template is rendered, so text arrives byte for byte.
 * Not every provider can be held to a schema, so the schema stands at the end of the system text as well.
 *
 * @throws InputError where promptfoo does not know the provider
 */
export async function promptfooModel(providerId: string, stateDirectory: string): Promise<Model> {
  const { loadApiProvider } = await importPromptfoo(stateDirectory);
  const provider = await openProvider(() => loadApiProvider(providerId), providerId);
  return {
    id: providerId,
    revision: null,
    async ask(request, signal): Promise<ModelReply> {
      const prompt = chatPrompt(request);
      const context = { vars: {}, prompt: { raw: prompt, label: providerId } };
      try {
        return readResponse(await provider.callApi(prompt, context, { abortSignal: signal }));
      } catch (error) {
        signal.throwIfAborted();
        return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

async function openProvider(load: () => Promise<ApiProvider>, providerId: string): Promise<ApiProvider> {
  try {
    return await load();
  } catch {
    const mend = 'Give a provider that promptfoo knows, such as openai:chat:gpt-5 or ollama:chat:llama3';
    throw new InputError([
      {
        file: '--model',
        line: null,
        id: null,
        what: `promptfoo cannot open the provider "${providerId}"`,
        mend,
      },
    ]);
  }
}

/** What promptfoo's chat providers take: a JSON list of messages, which they parse back. */
function chatPrompt({ system, user, schema }: ModelRequest): string {
  const answer = `Answer with one JSON object and nothing else. It must fit this JSON Schema:\n${JSON.stringify(schema)}`;
  return JSON.stringify([
    { role: 'system', content: `${system}\n\n${answer}` },
    { role: 'user', content: user },
  ]);
}

function readResponse(response: ProviderResponse): ModelReply {
  if (response.error !== undefined) return { kind: 'failed', reason: String(response.error) };
  const { output } = response;
  const text = typeof output === 'string' ? output : output === undefined ? '' : JSON.stringify(output);
  const usage = readUsage(response);
  return response.isRefusal === true ? { kind: 'refused', text, usage } : { kind: 'text', text, usage };
}

function readUsage({ tokenUsage, cost }: ProviderResponse): Usage {
  return {
    input_tokens: tokenUsage?.prompt ?? 0,
    output_tokens: tokenUsage?.completion ?? 0,
    cache_write_tokens: 0,
    cache_read_tokens: 0,
    cost_usd: cost ?? null,
  };
}
