import { describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../test/github-api/connect.ts';
import type { Pull } from '../../test/github-api/world.ts';
import { findPullRequests, readPullRequest, removeLabel, type WorkflowHead } from './pull-request.ts';

const SHA = 'a'.repeat(40);
const BASE = 77;
const FORK = { id: 99, fullName: 'mallory/prompts' };
const OWN = { id: BASE, fullName: 'octo/prompts' };

function pull(number: number, more: Partial<Pull['head']> = {}, state: Pull['state'] = 'open'): Pull {
  const head = { sha: SHA, ref: 'topic', repo: FORK, ...more };
  return { number, state, head, base: { ref: 'main' }, labels: ['run-prompts', 'a/b c'] };
}

const fork: WorkflowHead = {
  owner: 'octo',
  repo: 'prompts',
  repositoryId: BASE,
  headSha: SHA,
  headOwner: 'mallory',
  headBranch: 'topic',
  headRepositoryId: FORK.id,
};

describe('reading a pull request', () => {
  it('tells a fork, and a repository that is gone, from a branch', async (test) => {
    const pulls = [pull(1), pull(2, { repo: OWN }), pull(3, { repo: null }, 'closed')];
    const { github, place } = await connect(test, { world: { pulls } });
    const read = await Promise.all([1, 2, 3].map((number) => readPullRequest(github, { ...place, number })));
    const common = { headSha: SHA, baseRef: 'main', baseRepositoryId: BASE };
    expect(read).toEqual([
      {
        ...common,
        number: 1,
        isOpen: true,
        head: { repositoryId: 99, fullName: FORK.fullName },
        isFork: true,
      },
      {
        ...common,
        number: 2,
        isOpen: true,
        head: { repositoryId: 77, fullName: OWN.fullName },
        isFork: false,
      },
      { ...common, number: 3, isOpen: false, head: null, isFork: true },
    ]);
    await expect(readPullRequest(github, { ...place, number: 4 })).rejects.toMatchObject({ status: 404 });
  });
});

describe("finding a workflow run's pull requests", () => {
  it("finds a fork's by its branch", async (test) => {
    const pulls = [pull(9), pull(5), pull(1, { ref: 'other', sha: 'b'.repeat(40) })];
    const { github } = await connect(test, { world: { pulls } });
    expect((await findPullRequests(github, fork)).map(({ number }) => number)).toEqual([5, 9]);
  });

  it('finds one of this repository by its commit where the branch has another name', async (test) => {
    const { github } = await connect(test, { world: { pulls: [pull(4, { repo: OWN, ref: 'renamed' })] } });
    const own = { ...fork, headOwner: 'octo', headRepositoryId: BASE };
    expect(await findPullRequests(github, own)).toMatchObject([{ number: 4, isFork: false }]);
  });

  it.each<[string, Pull]>([
    ['has another head by now', pull(1, { sha: 'b'.repeat(40) })],
    ['is closed', pull(1, {}, 'closed')],
    ['comes from another repository of that account', pull(1, { repo: { ...FORK, id: 98 } })],
    ['comes from a repository that is gone', pull(1, { repo: null })],
  ])('does not find one that %s', async (_, other) => {
    const { github } = await connect({ onTestFinished }, { world: { pulls: [other] } });
    expect(await findPullRequests(github, fork)).toEqual([]);
  });

  it('is not misled by a branch whose name means something in an address', async (test) => {
    const ref = 'topic&state=closed#x';
    const { github, server } = await connect(test, { world: { pulls: [pull(1, { ref })] } });
    expect(await findPullRequests(github, { ...fork, headBranch: ref })).toMatchObject([{ number: 1 }]);
    expect(server.requests[0]?.path).toContain('head=mallory%3Atopic%26state%3Dclosed%23x');
  });

  it('does not take a list that GitHub failed to give for an empty one', async (test) => {
    const { github } = await connect(test, {
      behave: ({ route }) =>
        route.endsWith('/commits/{commit_sha}/pulls') ? { kind: 'error', status: 500 } : undefined,
    });
    await expect(findPullRequests(github, fork)).rejects.toMatchObject({ status: 500 });
  });
});

describe.concurrent('removing a label', () => {
  it('leaves the others, and does not mind that it is gone', async (test) => {
    const { github, place, server } = await connect(test, { world: { pulls: [pull(1)] } });
    await removeLabel(github, { ...place, number: 1, name: 'a/b c' });
    await removeLabel(github, { ...place, number: 1, name: 'a/b c' });
    expect(server.world.pulls[0]?.labels).toEqual(['run-prompts']);
    expect(server.requests.map(({ status }) => status)).toEqual([200, 404]);
  });

  it('says where it was refused', async (test) => {
    const { github, place } = await connect(test, { behave: () => ({ kind: 'error', status: 403 }) });
    const removal = removeLabel(github, { ...place, number: 1, name: 'run-prompts' });
    await expect(removal).rejects.toMatchObject({ status: 403 });
  });
});
