import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Behaviour } from '../../test/github-api/behaviour.ts';
import { connect } from '../../test/github-api/connect.ts';
import { ACTIONS_BOT, TEST_TOKEN } from '../../test/github-api/world.ts';
import { InputError } from '../errors/errors.ts';
import { GithubError } from './github-error.ts';
import { openGithub } from './open-github.ts';

const PULL = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
const COMMENTS = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
const pull = {
  number: 1,
  state: 'open' as const,
  head: { sha: 'a'.repeat(40), ref: 'topic', repo: null },
  base: { ref: 'main' },
  labels: [],
};
const comment = { id: 1, issue: 1, login: ACTIONS_BOT.login, body: 'hello' };

/** Misbehaves at the first requests, as many as are given, and then no more. */
function firstly(...behaviours: Behaviour[]) {
  return { world: { pulls: [pull], comments: [comment] }, behave: () => behaviours.shift() };
}

const always = (behaviour: Behaviour) => ({ world: { pulls: [pull] }, behave: () => behaviour });

async function failure(work: Promise<unknown>): Promise<GithubError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof GithubError)) throw new Error(`not a GithubError: ${inspect(error)}`);
  return error;
}

describe('a client for GitHub', () => {
  it('says who it is, which version it speaks, and that it has a token', async (test) => {
    const { github, server, place } = await connect(test, firstly());
    await github.request(PULL, { ...place, pull_number: 1 });
    expect(server.requests).toMatchObject([
      {
        login: 'github-actions[bot]',
        headers: {
          'user-agent': expect.stringMatching(/^touchstone /),
          'x-github-api-version': '2022-11-28',
        },
      },
    ]);
  });

  it.each<[string, Behaviour]>([
    ['a failure of the server', { kind: 'error', status: 502 }],
    ['a connection that is reset', { kind: 'reset', when: 'before' }],
    ['a body that breaks off', { kind: 'break-off' }],
    ['a page of HTML', { kind: 'html' }],
    ['a secondary rate limit', { kind: 'secondary-limit', retryAfter: '1' }],
    ['a secondary rate limit without a time', { kind: 'secondary-limit', retryAfter: null }],
    ['a rate limit that is over', { kind: 'primary-limit', reset: 1 }],
  ])('reads a list after %s', async (_, behaviour) => {
    const { github, place, server } = await connect({ onTestFinished }, firstly(behaviour));
    const comments = await github.paginate(COMMENTS, { ...place, issue_number: 1 });
    expect(comments).toMatchObject([{ body: 'hello' }]);
    expect(server.requests).toHaveLength(2);
  });

  it('tells the log about the pause that a rate limit asks for', async (test) => {
    const { github, place, notices } = await connect(
      test,
      firstly({ kind: 'secondary-limit', retryAfter: '7' }),
    );
    await github.request(PULL, { ...place, pull_number: 1 });
    expect(notices).toEqual(["GitHub's rate limit asks for a pause of 7 s."]);
  });

  it('gives up after three retries', async (test) => {
    const { github, place, server } = await connect(test, always({ kind: 'error', status: 500 }));
    const error = await failure(github.request(PULL, { ...place, pull_number: 1 }));
    expect(error).toMatchObject({
      status: 500,
      mayHaveHappened: false,
      exitCode: 3,
      mend: 'Run the job again.',
    });
    expect(error.message).toMatch(/^GitHub answered 500 to GET \/repos\/\S+: told to fail/);
    expect(server.requests).toHaveLength(4);
  });

  it('gives up after three pauses', async (test) => {
    const { github, place, server } = await connect(
      test,
      always({ kind: 'secondary-limit', retryAfter: '1' }),
    );
    const error = await failure(github.request(PULL, { ...place, pull_number: 1 }));
    expect(error.message).toContain("GitHub's rate limit is used up");
    expect(error.mend).toBe('Run the job again in some minutes.');
    expect(server.requests).toHaveLength(4);
  });

  it('does not wait longer in all than it may, and says when the limit ends', async (test) => {
    const reset = Math.ceil(Date.now() / 1000) + 3000;
    const { github, place, server } = await connect(test, always({ kind: 'primary-limit', reset }));
    const error = await failure(github.request(PULL, { ...place, pull_number: 1 }));
    const time = new Date(reset * 1000).toISOString().slice(11, 16);
    expect(error.mend).toBe(`Run the job again after ${time} UTC.`);
    expect(server.requests).toHaveLength(1);
  });

  it('adds up the pauses of all its calls', async (test) => {
    const limit: Behaviour = { kind: 'secondary-limit', retryAfter: '6' };
    const patience = { longestPauseSeconds: 10 };
    const { github, place, notices } = await connect(test, { ...firstly(limit, limit), patience });
    const both = Array.from({ length: 2 }, () => github.request(PULL, { ...place, pull_number: 1 }));
    const results = await Promise.allSettled(both);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(notices).toHaveLength(1);
  });

  it.each<[string, Behaviour]>([
    ['stalls', { kind: 'stall' }],
    ['never ends', { kind: 'endless' }],
  ])('does not wait for an answer that %s', async (_, behaviour) => {
    const patience = { answerTimeoutMs: 150 };
    const { github, place } = await connect({ onTestFinished }, { ...always(behaviour), patience });
    const error = await failure(github.request(PULL, { ...place, pull_number: 1 }));
    expect(error).toMatchObject({ status: null, mend: 'Run the job again.' });
    expect(error.message).toMatch(/^GitHub did not answer GET \/repos/);
  });

  it.each([401, 403, 404, 422])('does not repeat what was answered with %i', async (status) => {
    const { github, place, server } = await connect({ onTestFinished }, always({ kind: 'error', status }));
    const error = await failure(github.request(PULL, { ...place, pull_number: 1 }));
    expect(error.status).toBe(status);
    expect(server.requests).toHaveLength(1);
  });

  it('never shows its token, even where GitHub does', async (test) => {
    const message = `bad token ${TEST_TOKEN}\nsee \u001b[31m`;
    const { github, place, notices } = await connect(test, always({ kind: 'error', status: 403, message }));
    const error = await failure(github.request(PULL, { ...place, pull_number: 1 }));
    expect(inspect(error, { depth: 9, showHidden: true }) + notices.join()).not.toContain(TEST_TOKEN);
    expect(error.message).toContain('bad token *** see \\u{1b}[31m');
  });

  it('reports a token that GitHub does not know', async (test) => {
    const { github, place } = await connect(test, { token: 'ghp_nobody', world: { pulls: [pull] } });
    const error = await failure(github.request(PULL, { ...place, pull_number: 1 }));
    expect(error.mend).toBe('Check that the token is right and has not run out.');
  });

  it('refuses a token or an address that cannot be used, without showing it', () => {
    const open = () => openGithub({ token: 'ghs_x\nyz', apiUrl: 'file:///etc/passwd', onNotice: () => {} });
    expect(open).toThrow(InputError);
    expect(open).toThrow(/GITHUB_API_URL: not an address.*\nGITHUB_TOKEN: the token is empty/);
    expect(open).not.toThrow(/ghs_x/);
  });
});
