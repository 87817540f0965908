import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkspace } from '../../test/workspace.ts';
import { writeTogether } from './write-together.ts';

const shown = (file: string) => path.basename(file);

describe('files that are written together', () => {
  it('keep their mode, and a link stays a link', () => {
    const root = makeWorkspace({ 'kept/real.jsonl': 'old\n' });
    const [real, link] = [path.join(root, 'kept/real.jsonl'), path.join(root, 'link.jsonl')];
    chmodSync(real, 0o600);
    symlinkSync(real, link);
    writeTogether([{ file: link, before: 'old\n', after: 'new\n' }], shown);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, 'utf8')).toBe('new\n');
    expect(statSync(real).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.join(root, 'kept'))).toEqual(['real.jsonl']);
  });

  it('stay as they were where one of them cannot be written', () => {
    const root = makeWorkspace({ 'a.jsonl': 'old\n', file: '' });
    const changes = [
      { file: path.join(root, 'a.jsonl'), before: 'old\n', after: 'new\n' },
      { file: path.join(root, 'file', 'c.jsonl'), before: '', after: 'new\n' },
    ];
    expect(() => writeTogether(changes, shown)).toThrow();
    expect(readFileSync(path.join(root, 'a.jsonl'), 'utf8')).toBe('old\n');
    expect(readdirSync(root).sort()).toEqual(['a.jsonl', 'file']);
  });
});
