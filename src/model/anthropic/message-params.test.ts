import { describe, expect, it } from 'vitest';
import type { ModelRequest } from '../model.ts';
import { messageParams } from './message-params.ts';

const request: ModelRequest = {
  system: 'Classify.',
  user: '<message>{{ 7*7 }} \ud800</message>',
  schema: { type: 'object', properties: {}, additionalProperties: false },
  maxTokens: 256,
};

describe('the parameters of a message', () => {
  it('hold the system text as one cached block and the user turn as it is', () => {
    expect(messageParams(request, 'claude-haiku-5-5')).toEqual({
      model: 'claude-haiku-5-5',
      max_tokens: 256,
      system: [{ type: 'text', text: 'Classify.', cache_control: { type: 'ephemeral' } }],
      messages: [{ role: 'user', content: request.user }],
      output_config: { format: { type: 'json_schema', schema: request.schema } },
    });
  });

  it('name an effort only where the prompt does', () => {
    const hurried: ModelRequest = JSON.parse(JSON.stringify({ ...request, effort: 'low' }));
    expect(messageParams(hurried, 'm').output_config).toHaveProperty('effort', 'low');
    expect(messageParams(request, 'm').output_config).not.toHaveProperty('effort');
  });

  it('keep a lone surrogate through JSON and back', () => {
    const text = JSON.stringify(messageParams(request, 'm'));
    expect(text).toContain('\\ud800');
    expect(text).not.toMatch(/\p{Cs}/u);
    expect(JSON.parse(text).messages[0].content).toBe(request.user);
  });
});
