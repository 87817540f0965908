import { describe, expect, it } from 'vitest';
import { KNOWN_MODELS, suggestModel } from './model-names.ts';

describe('a suggestion for a model', () => {
  it.each([
    ['claude-haiku-5.5', 'claude-haiku-5-5'],
    ['claude-haiku5-5', 'claude-haiku-5-5'],
    ['claud-opus-5', 'claude-opus-5'],
    ['Claude-Opus-5-6', 'claude-opus-5-5'],
  ])('of %s is %s', (given, meant) => {
    expect(suggestModel(given)).toBe(meant);
  });

  it.each(['gpt', 'claude', 'haiku', ''])('is not made for %j, which is near none', (given) => {
    expect(suggestModel(given)).toBeNull();
  });

  it('is not made for a known name, dated or not', () => {
    for (const name of KNOWN_MODELS) expect(suggestModel(name)).toBeNull();
    expect(suggestModel('claude-haiku-4-5-20251001')).toBeNull();
  });
});
