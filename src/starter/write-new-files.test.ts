import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeNewFiles } from './write-new-files.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'touchstone-starter-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
const write = (...files: [path: string, text: string][]) =>
  writeNewFiles(
    root,
    files.map(([name, text]) => ({ path: name, text })),
    (file) => path.relative(root, file),
  );

describe('writing new files', () => {
  it('makes them and their folders', () => {
    write(['a/b/c.txt', 'one'], ['a/d.txt', 'two']);
    expect([read('a/b/c.txt'), read('a/d.txt')]).toEqual(['one', 'two']);
  });

  it('takes all back where one is there by now, and leaves that one alone', () => {
    mkdirSync(path.join(root, 'old'));
    writeFileSync(path.join(root, 'old/taken.txt'), 'theirs');
    const attempt = () => write(['a/b/c.txt', 'one'], ['old/new.txt', 'two'], ['old/taken.txt', 'three']);
    expect(attempt).toThrow(/^old\/taken\.txt: is there already\. .*nothing was left behind/);
    expect(readdirSync(root, { recursive: true }).sort()).toEqual(['old', 'old/taken.txt']);
    expect(read('old/taken.txt')).toBe('theirs');
  });

  it('takes all back where a folder cannot be made', () => {
    writeFileSync(path.join(root, 'file'), '');
    expect(() => write(['a.txt', 'one'], ['file/b.txt', 'two'])).toThrow(/cannot be written \(ENOTDIR\)/);
    expect(readdirSync(root)).toEqual(['file']);
  });

  it('does not write through a link', () => {
    symlinkSync(path.join(root, 'elsewhere'), path.join(root, 'link.txt'));
    expect(() => write(['link.txt', 'one'])).toThrow(/is there already/);
    expect(readdirSync(root)).toEqual(['link.txt']);
  });

  it('takes all back where what is to follow fails', () => {
    const then = () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    };
    expect(() => writeNewFiles(root, [{ path: 'a/b', text: '' }], () => 'here', then)).toThrow(
      /^here: cannot be written \(ENOSPC\)/,
    );
    expect(readdirSync(root)).toEqual([]);
  });
});
