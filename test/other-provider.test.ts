import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { answerEmbedded } from '../src/model/embedded/embedded.ts';
import { answerSchema } from '../src/task/answer-schema.ts';
import { colorProject } from './color-classifier.ts';
import { touchstone } from './command.ts';
import { makeWorkspace } from './workspace.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const SCHEMA = answerSchema({ fields: { color: { kind: 'nominal', labels: ['red', 'blue', 'green'] } } });

/** A server that speaks as much of OpenAI's chat completions as promptfoo asks for. */
async function chatServer(): Promise<{ url: string; users: string[] }> {
  const users: string[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { messages } = JSON.parse(text);
    const [system, user] = messages.map(({ content }: { content: string }) => content);
    users.push(user);
    const content = answerEmbedded({ system, user, schema: SCHEMA, maxTokens: 100 });
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        id: 'x',
        object: 'chat.completion',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
        usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, users };
}

describe("a provider of promptfoo's", () => {
  it('works as a model, with the conversation byte for byte', async () => {
    const { url, users } = await chatServer();
    const project = colorProject();
    const canary = 'crimson {{ 7*7 }} {{env.HOME}} {% raw %} file:///etc/hostname ["a"]';
    const lines = [
      { id: 'canary', lang: 'en', family: 'canary', tags: [], messages: [{ role: 'user', content: canary }] },
    ];
    const cwd = makeWorkspace({
      ...project,
      'goldens/conversations.jsonl': lines,
      'goldens/labels/color.jsonl': [{ id: 'canary', color: 'red' }],
    });
    const { code, out, err } = await touchstone(['run', '--model', 'openai:chat:any-model'], {
      cwd,
      env: { OPENAI_API_KEY: 'not-a-key', OPENAI_BASE_URL: url },
    });
    expect(err).toBe('');
    expect(users).toHaveLength(1);
    expect(users[0]).toContain(`>\n${canary}\n</message-`);
    expect(out).toContain('openai:chat:any-model, 1 case');
    expect(out).toMatch(/accuracy +100\.0%/);
    expect(code).toBe(0);
  });

  it('is refused when promptfoo does not know it', async () => {
    const { code, err } = await touchstone(['run', '--model', 'nobody:knows'], {
      cwd: makeWorkspace(colorProject()),
    });
    expect(err).toContain('promptfoo cannot open the provider "nobody:knows"');
    expect(code).toBe(2);
  });
});
