import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { touchstone } from './command.ts';
import { type GithubOptions, type GithubServer, startGithub } from './github-api/start-github.ts';
import { TEST_TOKEN } from './github-api/world.ts';
import { type ZipEntry, zipOf } from './hostile-zip.ts';
import { makeWorkspace } from './workspace.ts';

/** A clone of a repository that lies beside it, with a pull request that a stand-in for GitHub knows. */
export interface PullRequestScene {
  /** The clone. */
  cwd: string;
  github: GithubServer;
  git(...args: string[]): string;
  /** Replaces the first occurrence of a text in a file; fails where there is none. */
  edit(file: string, from: string, to: string): void;
  /** Writes a file, with the folders above it. */
  write(file: string, text: string): void;
  /**
   * Commits all that changed, pushes it as the head of pull request 7, and gives the commit. A fork's commit is no
   * branch's of this repository.
   */
  push(message: string, options?: { isFork?: boolean }): string;
  /** A fresh clone of the default branch, as a workflow with rights checks it out. */
  cloneBase(name: string): string;
  /** Leaves the handover in the clone as the artifact of workflow run 555, changed at will. */
  handOver(change?: (entries: ZipEntry[]) => ZipEntry[]): void;
  /** Environment of the job that runs for an event of that pull request. */
  jobEnv(event: { name: string; payload: unknown }): Record<string, string>;
  /** The same for a push to a branch of this repository, or of a fork. */
  pullRequestEnv(options?: { isFork?: boolean }): Record<string, string>;
}

const REPOSITORY_ID = 77;
const RUN_ID = 555;
const FORK_ID = 99;

/** A project's files with the run that is accepted in it, so that a scene need not ask again. */
export async function withAcceptedRun(
  files: Record<string, unknown>,
  { model = 'embedded', env = {} }: { model?: string; env?: Record<string, string> } = {},
): Promise<Record<string, unknown>> {
  const cwd = makeWorkspace(files);
  const run = await touchstone(['run', '--model', model, '--no-report'], { cwd, env });
  const accept = await touchstone(['accept', '--model', model], { cwd, env });
  if (accept.code !== 0) throw new Error(`nothing was accepted: ${run.err}${accept.err}`);
  const folder = 'suites/baselines';
  const names = readdirSync(path.join(cwd, folder));
  const accepted = names.map((name) => [
    `${folder}/${name}`,
    readFileSync(path.join(cwd, folder, name), 'utf8'),
  ]);
  return { ...files, ...Object.fromEntries(accepted) };
}

/** @param files of the default branch; `prepare` may add to them before they are committed */
export async function pullRequestScene(
  files: Record<string, unknown>,
  prepare: (cwd: string) => Promise<void> = async () => {},
  options: GithubOptions = {},
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
  const github = await startGithub(options);
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
    write(file, text) {
      const name = path.join(cwd, file);
      mkdirSync(path.dirname(name), { recursive: true });
      writeFileSync(name, text);
    },
    push(message, { isFork = false } = {}) {
      git('add', '--all');
      git('commit', '--quiet', `--message=${message}`);
      const refs = ['HEAD:refs/pull/7/head', ...(isFork ? [] : ['HEAD:refs/heads/change'])];
      git('push', '--quiet', '--force', 'origin', ...refs);
      const [pull] = github.world.pulls;
      const from = isFork
        ? { id: FORK_ID, fullName: 'mallory/prompts' }
        : { id: REPOSITORY_ID, fullName: 'octo/prompts' };
      if (pull === undefined) {
        github.world.pulls.push({
          number: 7,
          state: 'open',
          head: { sha: head(), ref: 'change', repo: from },
          base: { ref: 'main' },
          labels: [],
        });
      } else pull.head.sha = head();
      return head();
    },
    cloneBase(name) {
      const folder = path.join(root, name);
      // By protocol: a local clone would copy every object, the fork's among them.
      git('clone', '--quiet', `file://${path.join(root, 'origin')}`, folder);
      return folder;
    },
    handOver(change = (entries) => entries) {
      const folder = path.join(cwd, '.touchstone/ci/handover');
      const entries = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .map((file) => ({ name: path.relative(folder, file), content: readFileSync(file) }));
      const { world } = github;
      world.runs = [{ id: RUN_ID, repositoryId: REPOSITORY_ID }];
      world.artifacts.splice(0);
      world.artifacts.push({
        id: world.nextId(),
        runId: RUN_ID,
        name: 'touchstone-handover',
        expired: false,
        archive: zipOf(change(entries)),
      });
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
function pullRequestPayload(headSha: string, isFork: boolean) {
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

/** The event of a label that was put on pull request 7, a fork's. */
export function labelledPayload(headSha: string, label: string) {
  return { action: 'labeled', label: { name: label }, ...pullRequestPayload(headSha, true) };
}

/** The event of a finished workflow of a fork's branch. */
export function workflowRunPayload(headSha: string, { isFork = true, runId = RUN_ID } = {}) {
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
