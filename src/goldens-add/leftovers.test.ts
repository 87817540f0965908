import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeLeftovers } from './leftovers.ts';

describe('what a killed writer left', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'touchstone-leftovers-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const write = (...names: string[]) => {
    for (const name of names) writeFileSync(path.join(folder, name), 'x');
  };

  it('is removed, and nothing else', () => {
    const others = ['a.jsonl', 'a.jsonl.part', 'a.jsonl.12.part.txt', 'a.jsonl.x1.part', 'aa.jsonl.12.part'];
    write(...others, 'a.jsonl.12.part', 'a.jsonl.4711.part');
    removeLeftovers([path.join(folder, 'a.jsonl'), path.join(folder, 'no', 'b.jsonl')]);
    expect(readdirSync(folder).toSorted()).toEqual(others.toSorted());
  });

  it('is removed where there is no such file yet, and where a link leads', () => {
    mkdirSync(path.join(folder, 'there'));
    write('new.jsonl.7.part', 'there/a.jsonl', 'there/a.jsonl.7.part');
    symlinkSync(path.join(folder, 'there', 'a.jsonl'), path.join(folder, 'link.jsonl'));
    removeLeftovers([path.join(folder, 'new.jsonl'), path.join(folder, 'link.jsonl')]);
    expect(readdirSync(folder).toSorted()).toEqual(['link.jsonl', 'there']);
    expect(readdirSync(path.join(folder, 'there'))).toEqual(['a.jsonl']);
  });
});
