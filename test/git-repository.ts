import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { changedFiles, changedLines } from '../src/project/git-changes.ts';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A fresh temporary folder, removed after the tests of a file. */
export function emptyFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'touchstone-git-')));
  made.push(folder);
  return folder;
}

/** Runs git as somebody without a configuration, and gives what it printed. */
export function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return execFileSync('git', [...identity, ...args], { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' });
}

/** Writes files into a folder. */
export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

/** Writes files, commits all there is and gives the commit's hash. */
export function commit(folder: string, files: Readonly<Record<string, string>> = {}): string {
  write(folder, files);
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'a change');
  return git(folder, 'rev-parse', 'HEAD').trim();
}

/** A repository with one commit of these files, on the branch `main`. */
export function repository(files: Readonly<Record<string, string>>): { folder: string; base: string } {
  const folder = emptyFolder();
  git(folder, 'init', '--quiet', '--initial-branch=main');
  return { folder, base: commit(folder, files) };
}

/** `R old -> new`, `M path`: one line a file. */
export function listed(root: string, from: string, to: string | null): string[] {
  return changedFiles(root, from, to).map(({ path: name, previous, status }) => {
    const letter = status.charAt(0).toUpperCase();
    return previous === null ? `${letter} ${name}` : `${letter} ${previous} -> ${name}`;
  });
}

/** The changed lines of one file, by its path. */
export function linesOf(
  root: string,
  from: string,
  to: string | null,
  name: string,
  previous: string | null = null,
): number[] {
  return changedLines(root, from, to, { path: name, previous });
}

/** Twenty lines. */
export const LONG = Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`).join('');
