import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IncompleteRunError } from '../errors/errors.ts';
import { fetchPullRequest } from './fetch-pull-request.ts';

const TOKEN = 'ghs_0123456789';

let root: string;
let clone: string;
/** Head of pull request 7, which no branch has. */
let commit: string;

function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
    ...{ cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    env: { PATH: process.env.PATH, HOME: root },
  }).trim();
}

/** Commits a file in the fork and makes it the head of the pull request. */
function push(name: string): string {
  const fork = path.join(root, 'fork');
  writeFileSync(path.join(fork, name), 'of the fork\n');
  git(fork, 'add', '--all');
  git(fork, 'commit', '--quiet', '--message=change');
  git(fork, 'push', '--quiet', '--force', path.join(root, 'origin'), 'HEAD:refs/pull/7/head');
  return git(fork, 'rev-parse', 'HEAD');
}

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'touchstone-fetch-'));
  clone = path.join(root, 'clone');
  mkdirSync(path.join(root, 'fork'));
  git(root, 'init', '--quiet', '--bare', '--initial-branch=main', 'origin');
  git(path.join(root, 'fork'), 'init', '--quiet', '--initial-branch=main');
  writeFileSync(path.join(root, 'fork', 'base.txt'), 'base\n');
  git(path.join(root, 'fork'), 'add', '--all');
  git(path.join(root, 'fork'), 'commit', '--quiet', '--message=base');
  git(path.join(root, 'fork'), 'push', '--quiet', path.join(root, 'origin'), 'main');
  git(root, 'clone', '--quiet', `file://${root}/origin`, clone);
  commit = push('fork.txt');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const wanted = () => ({ number: 7, commit, token: TOKEN, env: {} });
const has = (hash: string) => git(clone, 'cat-file', '-t', hash);

describe('fetchPullRequest', () => {
  it('brings the commit as an object, and leaves work tree, branches and FETCH_HEAD alone', () => {
    expect(() => has(commit)).toThrow();
    fetchPullRequest(clone, wanted());
    expect(has(commit)).toBe('commit');
    expect(readdirSync(clone).sort()).toEqual(['.git', 'base.txt']);
    expect(git(clone, 'status', '--porcelain')).toBe('');
    expect(git(clone, 'branch', '--all')).not.toContain('7');
    expect(existsSync(path.join(clone, '.git/FETCH_HEAD'))).toBe(false);
  });

  it('starts no hook of the clone', () => {
    const canary = path.join(root, 'canary');
    const hook = path.join(clone, '.git/hooks/reference-transaction');
    mkdirSync(path.dirname(hook), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\ntouch ${canary}\n`, { mode: 0o755 });
    fetchPullRequest(clone, wanted());
    expect(existsSync(canary)).toBe(false);
  });

  it('needs no remote where the commit is here', () => {
    fetchPullRequest(clone, wanted());
    git(clone, 'remote', 'remove', 'origin');
    fetchPullRequest(clone, wanted());
  });

  it('brings a commit that was pushed upon since, and says so where it was replaced', () => {
    push('more.txt');
    fetchPullRequest(clone, wanted());
    expect(has(commit)).toBe('commit');
    const gone = push('gone.txt');
    git(path.join(root, 'fork'), 'commit', '--quiet', '--amend', '--message=other');
    push('again.txt');
    const fetch = () => fetchPullRequest(clone, { ...wanted(), commit: gone });
    expect(fetch).toThrow(IncompleteRunError);
    expect(fetch).toThrow('is no longer its head');
  });

  it('says where nothing could be fetched, without the token', () => {
    const fetch = () => fetchPullRequest(clone, { ...wanted(), number: 8 });
    expect(fetch).toThrow(`The commit ${commit} of pull request 8 could not be fetched.`);
    rmSync(path.join(root, 'origin'), { recursive: true });
    expect(() => fetchPullRequest(clone, wanted())).toThrow(/could not be fetched/);
    expect(() => fetchPullRequest(clone, wanted())).not.toThrow(TOKEN);
  });

  it('gives the token to the server that it is for, and to no other', async () => {
    const basic = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');
    git(path.join(root, 'origin'), 'update-server-info');
    const server = new Worker(SERVER, {
      eval: true,
      workerData: { root: path.join(root, 'origin'), authorization: `basic ${basic}` },
    });
    try {
      const [port]: unknown[] = await once(server, 'message');
      const url = `http://127.0.0.1:${port}`;
      git(clone, 'remote', 'set-url', 'origin', url);
      const elsewhere = { ...wanted(), env: { GITHUB_SERVER_URL: 'https://github.example' } };
      expect(() => fetchPullRequest(clone, elsewhere)).toThrow(/could not be fetched/);
      fetchPullRequest(clone, { ...wanted(), env: { GITHUB_SERVER_URL: url } });
      expect(has(commit)).toBe('commit');
      expect(git(clone, 'config', '--list')).not.toContain(basic);
    } finally {
      await server.terminate();
    }
  });
});

/** Git's plain protocol is files over HTTP; in a thread of its own, since fetching blocks this one. */
const SERVER = `
const { createServer } = require('node:http');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { parentPort, workerData } = require('node:worker_threads');
const server = createServer((request, response) => {
  if ((request.headers.authorization ?? '') !== workerData.authorization) return response.writeHead(401).end();
  try {
    const { pathname } = new URL(request.url, 'http://localhost');
    response.end(readFileSync(path.join(workerData.root, pathname)));
  } catch {
    response.writeHead(404).end();
  }
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;
