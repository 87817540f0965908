import { readFileSync } from 'node:fs';
import type Type from 'typebox';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { checkAgainst } from '../schema/check.ts';
import { PullRequestEvent, PushEvent, WorkflowRunEvent } from './event-schema.ts';
import type { Repository } from './open-github.ts';

/** Where a workflow runs. */
interface EventPlace extends Repository {
  apiUrl: string;
  /** Of the workflow that runs now. */
  ownRunId: number;
}

export interface PullRequestCi extends EventPlace {
  kind: 'pull-request';
  number: number;
  headSha: string;
  baseRef: string;
  baseRepositoryId: number;
  /** Null where the repository is gone. */
  headRepositoryId: number | null;
  /** From another repository, or from one that is gone. */
  isFork: boolean;
  /** The label that was just added, of a trusted event only. */
  labelled: string | null;
  /** From `pull_request_target`: the base branch's workflow runs, with its secrets. */
  trusted: boolean;
}

export interface WorkflowRunCi extends EventPlace {
  kind: 'workflow-run';
  /** Of the run that ended. */
  runId: number;
  repositoryId: number;
  defaultBranch: string;
  headSha: string;
  /** Null where the run was for a tag, or the repository is gone. */
  head: { branch: string; owner: string; repositoryId: number } | null;
  isFork: boolean;
  /** What started the run, such as `pull_request`. */
  event: string;
  conclusion: string | null;
}

interface PushCi extends EventPlace {
  kind: 'push';
  /** `refs/heads/main` */
  ref: string;
  sha: string;
  defaultBranch: string;
  isDefaultBranch: boolean;
}

/** What GitHub Actions runs us for; `none` outside of it, or for an event that is no business of ours. */
export type CiEvent = PullRequestCi | WorkflowRunCi | PushCi | { kind: 'none' };

/** Of a branch or tag that was deleted. */
const NO_COMMIT = '0'.repeat(40);

/**
 * Reads the environment of a GitHub Actions job and its event file.
 *
 * @throws InputError where a variable or the file is missing or malformed
 */
export function readActionsEvent(env: Readonly<Record<string, string | undefined>>): CiEvent {
  const name = env.GITHUB_EVENT_NAME;
  switch (name) {
    case 'pull_request':
    case 'pull_request_target':
      return pullRequest(readPlace(env), readEvent(env, PullRequestEvent), name === 'pull_request_target');
    case 'workflow_run':
      return workflowRun(readPlace(env), readEvent(env, WorkflowRunEvent));
    case 'push':
      return push(readPlace(env), readEvent(env, PushEvent));
    default:
      return { kind: 'none' };
  }
}

function pullRequest(place: EventPlace, event: PullRequestEvent, trusted: boolean): PullRequestCi {
  const { number, head, base } = event.pull_request;
  return {
    kind: 'pull-request',
    ...place,
    number,
    headSha: head.sha,
    baseRef: base.ref,
    baseRepositoryId: base.repo.id,
    headRepositoryId: head.repo?.id ?? null,
    isFork: head.repo?.id !== base.repo.id,
    labelled: trusted && event.action === 'labeled' ? (event.label?.name ?? null) : null,
    trusted,
  };
}

function workflowRun(place: EventPlace, { workflow_run: run, repository }: WorkflowRunEvent): WorkflowRunCi {
  const { head_branch: branch, head_repository: head } = run;
  return {
    kind: 'workflow-run',
    ...place,
    runId: run.id,
    repositoryId: run.repository.id,
    defaultBranch: repository.default_branch,
    headSha: run.head_sha,
    head:
      branch === null || head === null ? null : { branch, owner: head.owner.login, repositoryId: head.id },
    isFork: head?.id !== run.repository.id,
    event: run.event,
    conclusion: run.conclusion,
  };
}

function push(place: EventPlace, { ref, after, repository }: PushEvent): PushCi | { kind: 'none' } {
  if (after === NO_COMMIT) return { kind: 'none' };
  const defaultBranch = repository.default_branch;
  const isDefaultBranch = ref === `refs/heads/${defaultBranch}`;
  return { kind: 'push', ...place, ref, sha: after, defaultBranch, isDefaultBranch };
}

function readPlace(env: Readonly<Record<string, string | undefined>>): EventPlace {
  const { GITHUB_REPOSITORY = '', GITHUB_API_URL = '', GITHUB_RUN_ID = '' } = env;
  const [owner = '', repo = ''] = GITHUB_REPOSITORY.split('/');
  const problems = [
    ...(/^[\w.-]+\/[\w.-]+$/.test(GITHUB_REPOSITORY) ? [] : [wrong('GITHUB_REPOSITORY', 'owner/repo')]),
    ...(/^https?:\/\//.test(GITHUB_API_URL) ? [] : [wrong('GITHUB_API_URL', 'https://api.github.com')]),
    ...(/^[1-9]\d{0,15}$/.test(GITHUB_RUN_ID) ? [] : [wrong('GITHUB_RUN_ID', "the run's number")]),
  ];
  if (problems.length > 0) throw new InputError(problems);
  return { owner, repo, apiUrl: GITHUB_API_URL, ownRunId: Number(GITHUB_RUN_ID) };
}

function wrong(variable: string, example: string): Problem {
  return {
    file: variable,
    line: null,
    id: null,
    what: 'missing or malformed',
    mend: `Set it as Actions does: ${example}`,
  };
}

function readEvent<S extends Type.TSchema>(
  env: Readonly<Record<string, string | undefined>>,
  schema: S,
): Type.Static<S> {
  const file = env.GITHUB_EVENT_PATH ?? 'GITHUB_EVENT_PATH';
  const mend = 'Let GitHub Actions write the event file';
  let event: unknown;
  try {
    event = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const what = error instanceof SyntaxError ? 'the event is not JSON' : 'the event file cannot be read';
    throw new InputError([{ file, line: null, id: null, what, mend }]);
  }
  const { value, problems } = checkAgainst(schema, event, file);
  if (value === null) throw new InputError(problems);
  return value;
}
