import { answerSchema } from '../src/task/answer-schema.ts';
import { makeWorkspace } from '../test/workspace.ts';
import { inventGoldens, SYSTEM_TEXT } from './invented-project.ts';

/**
 * The invented project as a user of promptfoo alone would write it: the same system text, cached, the same
 * conversations, the same schema, and an assertion per case on the color. The conversations stand in the
 * configuration, as promptfoo has it, and hold nothing that its templates would change.
 */
export function promptfooProject(count: number, url: string): string {
  const schema = answerSchema({
    fields: { color: { kind: 'nominal', labels: ['red', 'blue', 'green'] } },
  });
  const messages = [
    { role: 'system', content: [{ type: 'text', text: SYSTEM_TEXT, cache_control: { type: 'ephemeral' } }] },
    { role: 'user', content: '<message number="1" role="user">\n{{text}}\n</message>' },
  ];
  return makeWorkspace({
    // Looked for under every extension; one that is not found would load a TypeScript loader.
    'redteam.yaml': 'description: none\n',
    'prompt.json': JSON.stringify(messages, null, 2),
    'promptfooconfig.yaml': {
      description: 'color',
      prompts: ['file://prompt.json'],
      providers: [
        {
          id: 'anthropic:messages:claude-haiku-5-5',
          config: {
            apiBaseUrl: url,
            max_tokens: 200,
            // With it promptfoo sends no temperature, which the API no longer takes.
            thinking: { type: 'adaptive' },
            output_format: { type: 'json_schema', schema },
          },
        },
      ],
      tests: inventGoldens(count).map(({ text, color }) => ({
        vars: { text },
        assert: [{ type: 'javascript', value: `output.color === '${color}'`, metric: 'color' }],
      })),
    },
  });
}
