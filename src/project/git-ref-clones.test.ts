import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../errors/errors.ts';
import { openBase } from './git-ref.ts';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'touchstone-git-'));
  made.push(folder);
  return folder;
}

function git(folder: string, args: readonly string[], input = ''): void {
  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  execFileSync('git', args, { cwd: folder, env, input, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** `main` and `topic` each one commit past the one they share; every file says which commit it is of. */
function branchedOrigin(): string {
  const folder = temporaryFolder();
  const commit = (mark: number, branch: string, text: string, from: number | null) =>
    [
      `commit refs/heads/${branch}`,
      `mark :${mark}`,
      `committer A <a@example.org> ${1_700_000_000 + mark} +0000`,
      'data 1\nm',
      ...(from === null ? [] : [`from :${from}`]),
      `M 100644 inline suites/mood.yaml\ndata ${text.length}\n${text}\n`,
    ].join('\n');
  git(folder, ['init', '--quiet', '--bare', '--initial-branch=main']);
  git(folder, ['config', 'uploadpack.allowFilter', 'true']);
  const commits = [
    commit(1, 'main', 'first', null),
    commit(2, 'main', 'shared', 1),
    commit(3, 'main', 'main, later', 2),
    commit(4, 'topic', 'topic', 2),
  ];
  git(folder, ['fast-import', '--quiet'], commits.join(''));
  return folder;
}

function cloneOfTopic(...options: string[]): string {
  const folder = temporaryFolder();
  const origin = `file://${branchedOrigin()}`;
  git(folder, ['clone', '--quiet', '--branch', 'topic', ...options, origin, 'clone']);
  return path.join(folder, 'clone');
}

function suiteAtBase(root: string): string {
  return Buffer.from(openBase(root, 'origin/main').read('suites/mood.yaml') ?? []).toString();
}

/** What is said of a clone that cannot give the base. */
function refusalOf(root: string): string {
  try {
    return `not refused: ${suiteAtBase(root)}`;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

/** Types what a refusal says to type. */
function obey(root: string, message: string): void {
  git(root, (/type git (.*)\.$/i.exec(message)?.[1] ?? '').split(' '));
}

describe('a clone', () => {
  it('that has all gives the base', () => {
    expect(suiteAtBase(cloneOfTopic())).toBe('shared');
  });

  it('of one commit of one branch is told the command that brings the ref', () => {
    const shallow = cloneOfTopic('--depth', '1');
    const message = refusalOf(shallow);
    expect(message).toBe(
      '--base: git knows no commit "origin/main". To fetch it, type git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main.',
    );
    obey(shallow, message);
    expect(suiteAtBase(shallow)).toBe('shared');
  });

  it('of the last commit of each branch is told the command that brings their merge base', () => {
    const shallow = cloneOfTopic('--depth', '1', '--no-single-branch');
    const message = refusalOf(shallow);
    expect(message).toContain('HEAD and "origin/main" have no commit in common in this shallow clone');
    obey(shallow, message);
    expect(suiteAtBase(shallow)).toBe('shared');
  });

  it('of one whole branch is told the command that brings the other', () => {
    const single = cloneOfTopic('--single-branch');
    const message = refusalOf(single);
    expect(message).toContain('type git fetch origin +refs/heads/main:refs/remotes/origin/main.');
    obey(single, message);
    expect(suiteAtBase(single)).toBe('shared');
  });

  it('that left files out fetches none unasked, and is told the command that does', () => {
    const partial = cloneOfTopic('--filter=blob:none', '--no-checkout');
    const message = refusalOf(partial);
    expect(message).toContain('the clone lacks files of that commit');
    obey(partial, message);
    expect(suiteAtBase(partial)).toBe('shared');
  });
});
