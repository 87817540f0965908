import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InputError } from '../errors/errors.ts';
import { readActionsEvent } from './actions-event.ts';

const SHA = 'a'.repeat(40);
const place = { owner: 'octo', repo: 'prompts', apiUrl: 'https://api.github.com', ownRunId: 12_345_678_901 };

/** The environment of a job that was started by this event. */
function job(name: string, event: unknown): Record<string, string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'touchstone-event-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'event.json');
  writeFileSync(file, typeof event === 'string' ? event : JSON.stringify(event));
  return {
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: file,
    GITHUB_REPOSITORY: 'octo/prompts',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_RUN_ID: '12345678901',
  };
}

function pullRequestEvent(more: object = {}, head: object = {}) {
  return {
    action: 'synchronize',
    number: 3,
    pull_request: {
      number: 3,
      title: '$(touch /tmp/x)',
      head: { sha: SHA, ref: 'topic', repo: { id: 99 }, ...head },
      base: { ref: 'main', sha: 'b'.repeat(40), repo: { id: 77 } },
    },
    ...more,
  };
}

function workflowRunEvent(more: object = {}) {
  return {
    action: 'completed',
    workflow_run: {
      id: 500,
      head_sha: SHA,
      head_branch: 'topic',
      event: 'pull_request',
      conclusion: 'success',
      head_repository: { id: 99, owner: { login: 'mallory' } },
      repository: { id: 77 },
      pull_requests: [],
      ...more,
    },
    repository: { default_branch: 'main' },
  };
}

describe('the event that a workflow runs for', () => {
  it('is a pull request', () => {
    expect(readActionsEvent(job('pull_request', pullRequestEvent()))).toEqual({
      kind: 'pull-request',
      ...place,
      number: 3,
      headSha: SHA,
      baseRef: 'main',
      baseRepositoryId: 77,
      headRepositoryId: 99,
      isFork: true,
      labelled: null,
      trusted: false,
    });
  });

  it('is a fork where the head repository is gone, and none where it is this one', () => {
    const gone = readActionsEvent(job('pull_request', pullRequestEvent({}, { repo: null })));
    expect(gone).toMatchObject({ headRepositoryId: null, isFork: true });
    const own = readActionsEvent(job('pull_request', pullRequestEvent({}, { repo: { id: 77 } })));
    expect(own).toMatchObject({ headRepositoryId: 77, isFork: false });
  });

  it('has a label only where a trusted event says that it was just added', () => {
    const labeled = pullRequestEvent({ action: 'labeled', label: { name: 'run-prompts' } });
    expect(readActionsEvent(job('pull_request_target', labeled))).toMatchObject({
      labelled: 'run-prompts',
      trusted: true,
    });
    expect(readActionsEvent(job('pull_request', labeled))).toMatchObject({ labelled: null, trusted: false });
    const unlabeled = { ...labeled, action: 'unlabeled' };
    expect(readActionsEvent(job('pull_request_target', unlabeled))).toMatchObject({
      labelled: null,
      trusted: true,
    });
  });

  it('is the run of another workflow', () => {
    expect(readActionsEvent(job('workflow_run', workflowRunEvent()))).toEqual({
      kind: 'workflow-run',
      ...place,
      runId: 500,
      repositoryId: 77,
      defaultBranch: 'main',
      headSha: SHA,
      head: { branch: 'topic', owner: 'mallory', repositoryId: 99 },
      isFork: true,
      event: 'pull_request',
      conclusion: 'success',
    });
    const gone = workflowRunEvent({ head_repository: null, conclusion: null });
    expect(readActionsEvent(job('workflow_run', gone))).toMatchObject({
      head: null,
      isFork: true,
      conclusion: null,
    });
  });

  it('is a push, to the default branch or not', () => {
    const push = { ref: 'refs/heads/main', after: SHA, repository: { default_branch: 'main' } };
    expect(readActionsEvent(job('push', push))).toEqual({
      kind: 'push',
      ...place,
      ref: 'refs/heads/main',
      sha: SHA,
      defaultBranch: 'main',
      isDefaultBranch: true,
    });
    const tag = readActionsEvent(job('push', { ...push, ref: 'refs/tags/main' }));
    expect(tag).toMatchObject({ isDefaultBranch: false });
    const deletion = readActionsEvent(job('push', { ...push, after: '0'.repeat(40) }));
    expect(deletion).toEqual({ kind: 'none' });
  });

  it('is none outside of GitHub Actions, and for events that are no business of ours', () => {
    expect(readActionsEvent({})).toEqual({ kind: 'none' });
    expect(readActionsEvent({ GITHUB_EVENT_NAME: 'schedule' })).toEqual({ kind: 'none' });
  });
});

describe('an event that cannot be read', () => {
  it.each<[string, string, unknown, RegExp]>([
    ['no JSON', 'push', '{', /the event is not JSON/],
    ['no object', 'push', '[]', /the value is a list, not an object/],
    ['no pull request', 'pull_request', { action: 'opened' }, /missing property "pull_request"/],
    ['a short hash', 'pull_request', pullRequestEvent({}, { sha: 'abc1234' }), /40 hexadecimal digits/],
    ['a hash with a line break', 'pull_request', pullRequestEvent({}, { sha: `${SHA}\n` }), /40 hexadecimal/],
    [
      'a number in words',
      'workflow_run',
      workflowRunEvent({ id: '500' }),
      /workflow_run\.id is text, not a whole number/,
    ],
    [
      'a branch that is an option',
      'workflow_run',
      workflowRunEvent({ head_branch: '--upload-pack=x' }),
      /head_branch/,
    ],
  ])('is wrong input: %s', (_, name, event, message) => {
    const env = job(name, event);
    expect(() => readActionsEvent(env)).toThrow(InputError);
    expect(() => readActionsEvent(env)).toThrow(message);
  });

  it('is wrong input where the file or the environment is missing', () => {
    const { GITHUB_EVENT_PATH: file, ...without } = job('push', {});
    expect(() => readActionsEvent(without)).toThrow('GITHUB_EVENT_PATH: the event file cannot be read');
    expect(() => readActionsEvent({ GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: file })).toThrow(
      /GITHUB_API_URL.*\nGITHUB_REPOSITORY.*\nGITHUB_RUN_ID/,
    );
    const hostile = { ...job('push', {}), GITHUB_REPOSITORY: 'octo/prompts/../../other' };
    expect(() => readActionsEvent(hostile)).toThrow('GITHUB_REPOSITORY: missing or malformed');
  });
});
