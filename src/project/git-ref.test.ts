import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { InputError } from '../errors/errors.ts';
import { openBase } from './git-ref.ts';

const made: string[] = [];
afterEach(() => vi.unstubAllEnvs());
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'touchstone-git-')));
  made.push(folder);
  return folder;
}

function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return execFileSync('git', [...identity, ...args], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' });
}

function write(folder: string, name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

/** Writes files, commits all there is and gives the commit's hash. */
function commit(folder: string, files: Record<string, string>): string {
  for (const [name, text] of Object.entries(files)) write(folder, name, text);
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'a change');
  return git(folder, 'rev-parse', 'HEAD').trim();
}

function repository(files: Record<string, string>): string {
  const folder = temporaryFolder();
  git(folder, 'init', '--quiet', '--initial-branch=main');
  commit(folder, files);
  return folder;
}

function textAt(root: string, ref: string, file: string): string | null {
  const bytes = openBase(root, ref).read(file);
  return bytes === null ? null : Buffer.from(bytes).toString();
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the base', () => {
  it('is the merge base, not the tip of the ref', () => {
    const folder = repository({ 'suites/mood.yaml': 'first' });
    const shared = commit(folder, { 'suites/mood.yaml': 'shared' });
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    commit(folder, { 'suites/mood.yaml': 'topic' });
    git(folder, 'checkout', '--quiet', 'main');
    commit(folder, { 'suites/mood.yaml': 'main, later' });
    git(folder, 'checkout', '--quiet', 'topic');
    expect(openBase(folder, 'main').commit).toBe(shared);
    expect(textAt(folder, 'main', 'suites/mood.yaml')).toBe('shared');
  });

  it('is HEAD where the change is not committed yet', () => {
    const folder = repository({ 'suites/mood.yaml': 'committed' });
    write(folder, 'suites/mood.yaml', 'edited');
    expect(textAt(folder, 'main', 'suites/mood.yaml')).toBe('committed');
  });

  it.each(['main', 'HEAD', 'refs/heads/main', 'v1', 'main~0'])('may be named %s', (ref) => {
    const folder = repository({ 'suites/mood.yaml': 'text' });
    git(folder, 'tag', '-a', 'v1', '-m', 'tagged');
    expect(textAt(folder, ref, 'suites/mood.yaml')).toBe('text');
  });

  it('is read byte for byte, whatever attributes, filters and pagers are configured', () => {
    const folder = repository({ 'goldens/a.jsonl': 'a\r\nb\0\n' });
    write(folder, '.gitattributes', '*.jsonl diff=loud filter=loud text eol=crlf');
    git(folder, 'config', 'diff.loud.textconv', 'echo converted');
    git(folder, 'config', 'filter.loud.smudge', 'echo smudged');
    git(folder, 'config', 'core.pager', 'echo paged');
    expect(textAt(folder, 'main', 'goldens/a.jsonl')).toBe('a\r\nb\0\n');
  });

  it('does not follow objects that were replaced in this clone', () => {
    const folder = repository({ 'suites/mood.yaml': 'true' });
    write(folder, 'other', 'false');
    const other = git(folder, 'hash-object', '-w', 'other').trim();
    git(folder, 'replace', git(folder, 'rev-parse', 'HEAD:suites/mood.yaml').trim(), other);
    expect(textAt(folder, 'main', 'suites/mood.yaml')).toBe('true');
  });

  it('is that of the folder, not of the hook that runs the command', () => {
    const folder = repository({ 'suites/mood.yaml': 'text' });
    vi.stubEnv('GIT_DIR', path.join(temporaryFolder(), 'none'));
    expect(textAt(folder, 'main', 'suites/mood.yaml')).toBe('text');
  });
});

describe('a file of the base', () => {
  it('is null where the base has none, and a folder is no file', () => {
    const folder = repository({ 'suites/mood.yaml': 'text' });
    expect(textAt(folder, 'main', 'suites/other.yaml')).toBeNull();
    expect(textAt(folder, 'main', 'nowhere/at/all.yaml')).toBeNull();
    expect(textAt(folder, 'main', 'suites')).toBeNull();
  });

  it('stands under its old name after it was renamed', () => {
    const folder = repository({ 'suites/mood.yaml': 'text' });
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    renameSync(path.join(folder, 'suites/mood.yaml'), path.join(folder, 'suites/feeling.yaml'));
    commit(folder, {});
    expect(textAt(folder, 'main', 'suites/mood.yaml')).toBe('text');
    expect(textAt(folder, 'main', 'suites/feeling.yaml')).toBeNull();
    expect(openBase(folder, 'main').list('suites')).toEqual(['mood.yaml']);
  });

  it('may be empty, be large, or be the same as another', () => {
    const large = 'line\n'.repeat(500_000);
    const folder = repository({ 'goldens/empty': '', 'goldens/large': large, 'goldens/again': large });
    const base = openBase(folder, 'main');
    expect(base.read('goldens/empty')).toHaveLength(0);
    expect(base.read('goldens/large')).toHaveLength(large.length);
    expect(base.read('goldens/again')).toHaveLength(large.length);
  });

  it('may have any name', () => {
    const names = [
      '-rf',
      '--batch',
      'a b',
      'ü',
      '"quoted"',
      'new\nline',
      ':(glob)*',
      '*',
      "it's",
      'back\\slash',
    ];
    const folder = repository(Object.fromEntries(names.map((name) => [`suites/${name}`, `text of ${name}`])));
    const base = openBase(folder, 'main');
    expect(base.list('suites')).toEqual(names.toSorted());
    for (const name of names) {
      expect(Buffer.from(base.read(`suites/${name}`) ?? []).toString()).toBe(`text of ${name}`);
    }
  });

  it('is found in a project that is a subfolder, whatever its name', () => {
    const folder = repository({
      '-odd "ü"\n/project/suites/mood.yaml': 'inner',
      'suites/mood.yaml': 'outer',
    });
    const root = path.join(folder, '-odd "ü"\n', 'project');
    expect(textAt(root, 'main', 'suites/mood.yaml')).toBe('inner');
    expect(textAt(root, 'main', '../../suites/mood.yaml')).toBe('outer');
    expect(openBase(root, 'main').list('')).toEqual([]);
    expect(openBase(folder, 'main').list('suites')).toEqual(['mood.yaml']);
  });

  it('is never looked for outside of the repository', () => {
    const folder = repository({ 'suites/mood.yaml': 'text' });
    expect(refusal(() => openBase(folder, 'main').read('../secret'))).toContain(
      'lies outside of the repository',
    );
    expect(refusal(() => openBase(folder, 'main').read('/etc/passwd'))).toContain(
      'outside of the repository',
    );
  });

  it('behind a symbolic link is refused rather than taken to be missing', () => {
    const folder = repository({ 'shared/labels/mood.jsonl': '{}' });
    symlinkSync('shared', path.join(folder, 'goldens'));
    symlinkSync('mood.jsonl', path.join(folder, 'shared/labels/link.jsonl'));
    commit(folder, {});
    const base = openBase(folder, 'main');
    expect(refusal(() => base.read('goldens/labels/mood.jsonl'))).toContain('"goldens" is a symbolic link');
    expect(refusal(() => base.read('shared/labels/link.jsonl'))).toContain('is a symbolic link in "main"');
  });

  it('in a submodule is refused rather than taken to be missing', () => {
    const folder = repository({ 'suites/mood.yaml': 'text' });
    const head = git(folder, 'rev-parse', 'HEAD').trim();
    git(folder, 'update-index', '--add', '--cacheinfo', `160000,${head},goldens`);
    git(folder, 'commit', '--quiet', '-m', 'a submodule');
    expect(refusal(() => openBase(folder, 'main').read('goldens/labels/mood.jsonl'))).toContain(
      '"goldens" is a submodule',
    );
  });
});

describe('what cannot be a base is refused', () => {
  it.each(['--output=/tmp/x', '-h', '', 'a\nb', 'a\0b'])('as a ref that is %j', (ref) => {
    const folder = repository({ 'suites/mood.yaml': 'text' });
    expect(refusal(() => openBase(folder, ref))).toContain('is no name of a branch, tag or commit');
  });

  it.each(['^main', 'main..HEAD', 'HEAD:suites', 'mian', 'main; touch x'])('as a ref like %s', (ref) => {
    const folder = repository({ 'suites/mood.yaml': 'text' });
    expect(refusal(() => openBase(folder, ref))).toContain('git knows no commit');
  });

  it('with the branch that was meant', () => {
    const folder = repository({ 'suites/mood.yaml': 'text' });
    expect(refusal(() => openBase(folder, 'mian'))).toBe(
      '--base: git knows no commit "mian". Did you mean "main"? Name a branch, tag or commit of this repository.',
    );
    expect(refusal(() => openBase(folder, 'origin/main'))).toContain('Did you mean "main"?');
  });

  it('outside of a repository', () => {
    const folder = temporaryFolder();
    expect(refusal(() => openBase(folder, 'main'))).toBe(
      `--base: ${folder} is in no git repository. Leave --base out, or run in a clone.`,
    );
  });

  it('before the first commit', () => {
    const folder = temporaryFolder();
    git(folder, 'init', '--quiet', '--initial-branch=main');
    expect(refusal(() => openBase(folder, 'main'))).toContain('the repository has no commit yet');
  });

  it('as a branch that shares no commit with HEAD', () => {
    const folder = repository({ 'suites/mood.yaml': 'text' });
    git(folder, 'checkout', '--quiet', '--orphan', 'other');
    commit(folder, { 'suites/mood.yaml': 'another text' });
    expect(refusal(() => openBase(folder, 'main'))).toBe(
      '--base: HEAD and "main" have no commit in common. Name the branch that HEAD is to be merged into.',
    );
  });
});
