import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type GithubServer, startGithub } from './github-api/start-github.ts';
import { TEST_TOKEN } from './github-api/world.ts';
import { makeWorkspace } from './workspace.ts';

/** A clone of a repository that lies beside it, with a pull request that a stand-in for GitHub knows. */
export interface PullRequestScene {
  /** The clone. */
  cwd: string;
  github: GithubServer;
  git(...args: string[]): string;
  /** Replaces the first occurrence of a text in a file; fails where there is none. */
  edit(file: string, from: string, to: string): void;
  /** Commits all that changed, pushes it as the head of pull request 7, and gives the commit. */
  push(message: string): string;
  /** Environment of the job that runs for an event of that pull request. */
  jobEnv(event: { name: string; payload: unknown }): Record<string, string>;
  /** The same for a push to a branch of this repository, or of a fork. */
  pullRequestEnv(options?: { isFork?: boolean }): Record<string, string>;
}

export const REPOSITORY_ID = 77;
const FORK_ID = 99;

/** @param files of the default branch; `prepare` may add to them before they are committed */
export async function pullRequestScene(
  files: Record<string, unknown>,
  prepare: (cwd: string) => Promise<void> = async () => {},
): Promise<PullRequestScene> {
  const root = makeWorkspace(
    Object.fromEntries(Object.entries(files).map(([name, content]) => [`clone/${name}`, content])),
  );
  const cwd = path.join(root, 'clone');
  const git = (...args: string[]) => {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
    return execFileSync('git', [...identity, ...args], {
      cwd,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: root },
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  };
  writeFileSync(path.join(cwd, '.gitignore'), '.touchstone/\n');
  await prepare(cwd);
  mkdirSync(path.join(root, 'origin'));
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', path.join(root, 'origin')]);
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', path.join(root, 'origin'));
  git('add', '--all');
  git('commit', '--quiet', '--message=base');
  git('push', '--quiet', '--set-upstream', 'origin', 'main');
  git('checkout', '--quiet', '-b', 'change');
  const github = await startGithub();
  const head = () => git('rev-parse', 'HEAD');

  function event(name: string, payload: unknown): Record<string, string> {
    const file = path.join(root, `event-${name}.json`);
    writeFileSync(file, JSON.stringify(payload));
    return {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: name,
      GITHUB_EVENT_PATH: file,
      GITHUB_REPOSITORY: 'octo/prompts',
      GITHUB_API_URL: github.url,
      GITHUB_RUN_ID: '4242',
      GITHUB_TOKEN: TEST_TOKEN,
      GITHUB_STEP_SUMMARY: path.join(root, 'step-summary.md'),
      GITHUB_OUTPUT: path.join(root, 'output'),
    };
  }

  return {
    cwd,
    github,
    git,
    edit(file, from, to) {
      const name = path.join(cwd, file);
      const text = readFileSync(name, 'utf8');
      if (!text.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)}`);
      writeFileSync(name, text.replace(from, to));
    },
    push(message) {
      git('add', '--all');
      git('commit', '--quiet', `--message=${message}`);
      git('push', '--quiet', '--force', 'origin', 'HEAD:refs/heads/change', 'HEAD:refs/pull/7/head');
      const [pull] = github.world.pulls;
      if (pull === undefined) {
        github.world.pulls.push({
          number: 7,
          state: 'open',
          head: { sha: head(), ref: 'change', repo: { id: REPOSITORY_ID, fullName: 'octo/prompts' } },
          base: { ref: 'main' },
          labels: [],
        });
      } else pull.head.sha = head();
      return head();
    },
    jobEnv: ({ name, payload }) => event(name, payload),
    pullRequestEnv: ({ isFork = false } = {}) =>
      event('pull_request', {
        action: 'synchronize',
        ...pullRequestPayload(head(), isFork),
      }),
  };
}

/** What events of pull request 7 say of it. */
export function pullRequestPayload(headSha: string, isFork: boolean) {
  const repository = { id: REPOSITORY_ID, full_name: 'octo/prompts', default_branch: 'main' };
  const fork = { id: FORK_ID, full_name: 'mallory/prompts' };
  return {
    number: 7,
    pull_request: {
      number: 7,
      head: { sha: headSha, ref: 'change', repo: isFork ? fork : repository },
      base: { sha: headSha, ref: 'main', repo: repository },
    },
    repository,
  };
}

/** The event of a finished workflow of a fork's branch. */
export function workflowRunPayload(headSha: string, { isFork = true, runId = 555 } = {}) {
  const repository = { id: REPOSITORY_ID, full_name: 'octo/prompts', default_branch: 'main' };
  const owner = isFork ? 'mallory' : 'octo';
  return {
    action: 'completed',
    workflow_run: {
      id: runId,
      event: 'pull_request',
      conclusion: 'success',
      head_branch: 'change',
      head_sha: headSha,
      repository,
      head_repository: {
        id: isFork ? FORK_ID : REPOSITORY_ID,
        full_name: `${owner}/prompts`,
        owner: { login: owner },
      },
    },
    repository,
  };
}
