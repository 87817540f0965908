import { renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  commit,
  emptyFolder,
  git,
  LONG,
  linesOf,
  listed,
  repository,
  write,
} from '../../test/git-repository.ts';
import { InputError } from '../errors/errors.ts';
import { changedFiles, projectPrefix } from './git-changes.ts';
import { openBase } from './git-ref.ts';

describe('the files that differ', () => {
  it('between two commits are added, modified, deleted or renamed, by path', () => {
    const { folder, base } = repository({ 'b.md': 'b\n', 'c.md': 'c\n', 'prompts/old.md': LONG });
    rmSync(path.join(folder, 'c.md'));
    renameSync(path.join(folder, 'prompts/old.md'), path.join(folder, 'prompts/new.md'));
    const head = commit(folder, { 'a.md': 'a\n', 'b.md': 'another\n' });
    const expected = ['A a.md', 'M b.md', 'D c.md', 'R prompts/old.md -> prompts/new.md'];
    expect(listed(folder, base, head)).toEqual(expected);
    write(folder, { 'd.md': 'not committed' });
    expect(listed(folder, base, head)).toEqual(expected);
    expect(listed(folder, base, base)).toEqual([]);
  });

  it('in the work tree include what is staged, edited or new, but not what is ignored', () => {
    const { folder, base } = repository({ 'a.md': 'a\n', 'b.md': 'b\n', '.gitignore': 'state/\n' });
    write(folder, { 'a.md': 'edited\n', 'new/c.md': 'c\n', 'state/run.json': '{}', 'staged.md': 's\n' });
    git(folder, 'add', 'staged.md');
    git(folder, 'rm', '--quiet', '--cached', 'b.md');
    expect(listed(folder, base, null)).toEqual(['M a.md', 'M b.md', 'A new/c.md', 'A staged.md']);
    rmSync(path.join(folder, 'b.md'));
    expect(listed(folder, base, null)).toContain('D b.md');
  });

  it('against the merge base do not include what landed on the base branch since', () => {
    const { folder, base } = repository({ 'a.md': 'a\n', 'b.md': 'b\n' });
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    const head = commit(folder, { 'a.md': 'of the topic\n' });
    git(folder, 'checkout', '--quiet', 'main');
    const tip = commit(folder, { 'b.md': 'landed since\n' });
    git(folder, 'checkout', '--quiet', 'topic');
    expect(openBase(folder, 'main').commit).toBe(base);
    expect(listed(folder, openBase(folder, 'main').commit, head)).toEqual(['M a.md']);
    expect(listed(folder, openBase(folder, 'main').commit, null)).toEqual(['M a.md']);
    expect(listed(folder, tip, head)).toEqual(['M a.md', 'M b.md']);
  });

  it('may have any name', () => {
    const names = ['-rf', '--', '-', 'a b', 'ü', '"q"', 'new\nline', 'tab\t', ':(glob)*', '*', 'back\\slash'];
    const { folder, base } = repository(Object.fromEntries(names.map((name) => [name, `${name}\n`])));
    expect(listed(folder, base, null)).toEqual([]);
    for (const name of names) write(folder, { [name]: 'changed\n' });
    const expected = names.toSorted().map((name) => `M ${name}`);
    expect(listed(folder, base, null)).toEqual(expected);
    const head = commit(folder);
    expect(listed(folder, base, head)).toEqual(expected);
    for (const name of names) expect(linesOf(folder, base, head, name)).toEqual([1]);
  });

  it('are named from the project, which may be a subfolder, whatever its name', () => {
    const inner = '-odd "ü"\n/project';
    const { folder, base } = repository({ [`${inner}/suites/mood.yaml`]: LONG, 'shared/a.ts': LONG });
    const root = path.join(folder, inner);
    write(folder, { [`${inner}/suites/mood.yaml`]: `${LONG}more\n`, 'shared/a.ts': `${LONG}more\n` });
    write(folder, { 'shared/new.ts': 'one\ntwo\n' });
    renameSync(path.join(folder, 'shared/a.ts'), path.join(root, 'a.ts'));
    git(folder, 'add', '--all');
    git(folder, 'reset', '--quiet', 'shared/new.ts');
    const expected = ['R ../../shared/a.ts -> a.ts', 'M suites/mood.yaml', 'A ../../shared/new.ts'];
    expect(listed(root, base, null).toSorted()).toEqual(expected.toSorted());
    expect(projectPrefix(root)).toBe(`${inner}/`);
    expect(projectPrefix(folder)).toBe('');
    expect(linesOf(root, base, null, 'suites/mood.yaml')).toEqual([21]);
    expect(linesOf(root, base, null, '../../shared/new.ts')).toEqual([1, 2]);
    expect(linesOf(root, base, null, 'a.ts', '../../shared/a.ts')).toEqual([21]);
    symlinkSync(root, path.join(folder, 'link'));
    expect(listed(path.join(folder, 'link'), base, null)).toContain('M suites/mood.yaml');
    expect(linesOf(path.join(folder, 'link'), base, null, '../../shared/new.ts')).toEqual([1, 2]);
  });

  it('include one that became a link, and one in conflict, once', () => {
    const { folder, base } = repository({ 'a.md': 'a\n', 'b.md': 'b\n' });
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    commit(folder, { 'b.md': 'mine\n' });
    git(folder, 'checkout', '--quiet', 'main');
    commit(folder, { 'b.md': 'theirs\n' });
    expect(() => git(folder, 'merge', '--quiet', 'topic')).toThrow();
    rmSync(path.join(folder, 'a.md'));
    symlinkSync('b.md', path.join(folder, 'a.md'));
    expect(listed(folder, base, null)).toEqual(['M a.md', 'M b.md']);
  });
});

describe('the lines that changed', () => {
  it('are those of the new side that were added or edited', () => {
    const { folder, base } = repository({ 'a.md': LONG });
    const lines = LONG.split('\n');
    lines[0] = 'edited';
    lines.splice(10, 1);
    lines.splice(14, 0, 'added', 'added too');
    const head = commit(folder, { 'a.md': lines.join('\n') });
    expect(linesOf(folder, base, head, 'a.md')).toEqual([1, 15, 16]);
    expect(linesOf(folder, base, null, 'a.md')).toEqual([1, 15, 16]);
    expect(linesOf(folder, base, head, 'other.md')).toEqual([]);
  });

  it('are none where lines were only taken away, where nothing changed, and in a binary file', () => {
    const { folder, base } = repository({ 'a.md': LONG, 'b.bin': 'a\0b', 'same.md': 'same' });
    write(folder, { 'a.md': LONG.slice(0, 35), 'b.bin': 'c\0d', 'new.bin': 'e\0f', 'empty.md': '' });
    for (const name of ['a.md', 'b.bin', 'new.bin', 'empty.md', 'same.md', '../../etc/passwd'])
      expect(linesOf(folder, base, null, name)).toEqual([]);
  });

  it('are all of a file that is new, tracked or not, with or without a last line feed', () => {
    const { folder, base } = repository({ 'a.md': 'a' });
    write(folder, { 'b.md': '1\n2\n3', 'c.md': '\n\n' });
    expect(linesOf(folder, base, null, 'b.md')).toEqual([1, 2, 3]);
    expect(linesOf(folder, base, null, 'c.md')).toEqual([1, 2]);
    const head = commit(folder);
    expect(linesOf(folder, base, head, 'b.md')).toEqual([1, 2, 3]);
    expect(linesOf(folder, base, head, 'c.md')).toEqual([1, 2]);
  });

  it('of a renamed file are the edited ones where its old path is known', () => {
    const { folder, base } = repository({ 'old.md': LONG });
    rmSync(path.join(folder, 'old.md'));
    const head = commit(folder, { 'new.md': `first\n${LONG}` });
    expect(listed(folder, base, head)).toEqual(['R old.md -> new.md']);
    expect(linesOf(folder, base, head, 'new.md', 'old.md')).toEqual([1]);
    expect(linesOf(folder, base, head, 'new.md')).toHaveLength(21);
  });

  it('cannot be forged by what the lines say', () => {
    const { folder, base } = repository({ 'a.md': 'a\n' });
    const forged = '@@ -1 +90 @@\n\r@@ -1 +91 @@\r@@ -1 +92 @@\n\u2028@@ -1 +93 @@\n';
    const head = commit(folder, { 'a.md': `a\n${forged}` });
    expect(linesOf(folder, base, head, 'a.md')).toEqual([2, 3, 4]);
  });

  it('of a file behind a link that leads out of the repository are none', () => {
    const { folder, base } = repository({ 'a.md': 'a\n' });
    const outside = emptyFolder();
    write(outside, { secret: 'one\ntwo\n' });
    symlinkSync(outside, path.join(folder, 'link'));
    expect(linesOf(folder, base, null, 'link/secret')).toEqual([]);
    expect(linesOf(folder, base, null, 'link')).toEqual([]);
  });
});

describe('what cannot be compared is refused', () => {
  function refusal(act: () => unknown): string {
    try {
      act();
    } catch (error) {
      if (error instanceof InputError) return error.message;
      throw error;
    }
    throw new Error('nothing was refused');
  }

  it('as anything but the full hash of a commit that is here', () => {
    const { folder, base } = repository({ 'a.md': 'a\n' });
    for (const given of ['main', '--output=x', '', 'HEAD', base.slice(0, 12)])
      expect(refusal(() => changedFiles(folder, given, null))).toContain('Give the full hash of a commit');
    expect(refusal(() => changedFiles(folder, base, '0'.repeat(40)))).toContain('could not compare');
    expect(refusal(() => linesOf(folder, 'f'.repeat(40), base, 'a.md'))).toContain('could not compare');
  });

  it('outside of a repository', () => {
    const folder = emptyFolder();
    expect(refusal(() => changedFiles(folder, '0'.repeat(40), null))).toContain('cannot say where');
  });
});
