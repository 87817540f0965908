import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextSteps } from './next-steps.ts';
import { readSurroundings } from './surroundings.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'touchstone-starter-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'ignore' });
const write = (name: string, text: string) => writeFileSync(path.join(root, name), text);

describe('package.json', () => {
  it.each([
    ['{"dependencies":{"touchstone":"1"}}', true],
    ['{"devDependencies":{"touchstone":"1"}}', true],
    ['{"devDependencies":{"other":"1"}}', false],
    ['{"dependencies":null}', false],
    ['{"dependencies":"touchstone"}', false],
    ['null', false],
    ['{', false],
  ])('%s lists touchstone: %j', (text, listed) => {
    write('package.json', text);
    expect(readSurroundings(root).listsTouchstone).toBe(listed);
  });

  it('need not be there', () => {
    expect(readSurroundings(root)).toMatchObject({ listsTouchstone: false, hasLockFile: false });
  });
});

describe('the place in git', () => {
  it('is none, the root, or below it', () => {
    expect(readSurroundings(root)).toMatchObject({ git: 'none', defaultBranch: 'main' });
    git('init', '--quiet', '--initial-branch=trunk');
    mkdirSync(path.join(root, 'a/b'), { recursive: true });
    expect(readSurroundings(root).git).toBe('root');
    expect(readSurroundings(path.join(root, 'a/b'))).toMatchObject({ git: 'below', defaultBranch: 'trunk' });
  });
});

describe('the default branch', () => {
  const branch = () => readSurroundings(root).defaultBranch;
  const commit = () =>
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--allow-empty', '-m', 'first');

  it('is what the remote says', () => {
    git('init', '--quiet', '--initial-branch=main');
    commit();
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/release/1.0');
    expect(branch()).toBe('release/1.0');
  });

  it.each(['main', 'master'])('is %s where there is one, whatever is checked out', (name) => {
    git('init', '--quiet', `--initial-branch=${name}`);
    commit();
    git('switch', '--quiet', '--create', 'change');
    expect(branch()).toBe(name);
  });

  it('is main where the name could be a pattern, and where .git is no repository', () => {
    git('init', '--quiet', '--initial-branch=a+b');
    expect(branch()).toBe('main');
    rmSync(path.join(root, '.git'), { recursive: true });
    write('.git', 'nothing');
    expect(branch()).toBe('main');
  });
});

describe('what is next', () => {
  const complete = { listsTouchstone: true, hasLockFile: true, git: 'root', defaultBranch: 'main' } as const;
  const npm = { kind: 'npm' } as const;
  const action = { kind: 'action', repository: 'o/r', commit: 'a'.repeat(40) } as const;

  it('is three lines where nothing is missing', () => {
    expect(nextSteps('mood', '.', npm, complete)).toEqual([
      'Next:',
      expect.stringMatching(/^ {2}1\. npx touchstone run mood /),
      expect.stringMatching(/^ {2}2\. npx touchstone accept mood /),
      expect.stringMatching(/^ {2}3\. Edit prompts\/mood\.md /),
    ]);
  });

  it('is an installation first where the workflows could not install touchstone', () => {
    const [first] = nextSteps('mood', '.', npm, { ...complete, listsTouchstone: false, hasLockFile: false });
    expect(first).toContain('First: npm install --save-dev touchstone');
    expect(nextSteps('mood', '.', npm, { ...complete, hasLockFile: false })[0]).toContain(
      'package-lock.json',
    );
  });

  it('is no installation where they use the action', () => {
    const steps = nextSteps('mood', 'sub', action, {
      ...complete,
      listsTouchstone: false,
      hasLockFile: false,
    });
    expect(steps.slice(0, 2)).toEqual([
      'Next, in sub:',
      expect.stringMatching(/^ {2}1\. touchstone run mood /),
    ]);
  });
});
