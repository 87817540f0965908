import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../errors/errors.ts';
import { readApiKey } from './api-key.ts';

const root = (env?: string) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'touchstone-key-'));
  if (env !== undefined) writeFileSync(path.join(folder, '.env'), env);
  return folder;
};

describe('the key for the API', () => {
  it('comes from the environment, else from .env', () => {
    expect(readApiKey({ ANTHROPIC_API_KEY: ' key-1 ' }, root('ANTHROPIC_API_KEY=key-2'))).toBe('key-1');
    expect(readApiKey({}, root('# a comment\nOTHER=x\nANTHROPIC_API_KEY="key-2"\n'))).toBe('key-2');
    expect(readApiKey({ ANTHROPIC_API_KEY: '' }, root('export ANTHROPIC_API_KEY=key-2'))).toBe('key-2');
  });

  it('is asked for where there is none', () => {
    for (const folder of [root(), root('OTHER=x'), root('ANTHROPIC_API_KEY=')]) {
      expect(() => readApiKey({}, folder)).toThrow(InputError);
      expect(() => readApiKey({}, folder)).toThrow(/no key for the API\. Set ANTHROPIC_API_KEY/);
    }
  });

  it('is refused, without being shown, where no key can look like it', () => {
    for (const bad of ['sk-ant-1 23', 'sk-ant-1\n23', 'sk-ant-1’23']) {
      const read = () => readApiKey({ ANTHROPIC_API_KEY: bad }, root());
      expect(read).toThrow(InputError);
      expect(read).toThrow(expect.objectContaining({ message: expect.not.stringContaining('sk-ant') }));
    }
  });
});
