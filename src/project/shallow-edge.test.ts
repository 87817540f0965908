import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { shallowEdge } from './shallow-edge.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'touchstone-edge-'));
afterAll(() => rmSync(folder, { recursive: true }));

const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
    ...{ cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  }).trim();

describe('the edge of a clone', () => {
  const origin = path.join(folder, 'origin');
  git(folder, 'init', '--quiet', origin);
  for (const message of ['1', '2', '3']) git(origin, 'commit', '--quiet', '--allow-empty', '-m', message);

  it('is where a shallow one ends', () => {
    const clone = path.join(folder, 'shallow');
    git(folder, 'clone', '--quiet', '--depth=2', `file://${origin}`, clone);
    expect([...shallowEdge(clone)]).toEqual([git(origin, 'rev-parse', 'HEAD~1')]);
  });

  it('is nowhere in a whole one, and outside of git', () => {
    expect(shallowEdge(origin).size).toBe(0);
    expect(shallowEdge(folder).size).toBe(0);
  });
});
