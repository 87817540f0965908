import { describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../test/github-api/connect.ts';
import { ACTIONS_BOT, type Comment, TEST_TOKEN } from '../../test/github-api/world.ts';
import { markComment } from './comment-marker.ts';
import { findComment, putComment } from './sticky-comment.ts';

const CREATE = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
const EDIT = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
const FIRST = 'a'.repeat(40);
const SECOND = 'b'.repeat(40);
const US = ACTIONS_BOT.login;
const pulls = [7, 8].map((number) => ({
  number,
  state: 'open' as const,
  head: { sha: FIRST, ref: 'topic', repo: null },
  base: { ref: 'main' },
  labels: [],
}));

function comments(...given: [login: string, body: string][]): Comment[] {
  return given.map(([login, body], index) => ({ id: index + 1, issue: 7, login, body }));
}

const forbidden = { kind: 'error', status: 403 } as const;
const put = ({ github, place }: Connection, body: string) =>
  putComment(github, { ...place, number: 7, body });
const bodies = ({ server }: Connection) => server.world.comments.map(({ login, body }) => [login, body]);
const writes = ({ server }: Connection) =>
  server.requests
    .map(({ route }) => route)
    .filter((route) => !route.startsWith('GET') && route !== 'POST /graphql');

describe.concurrent('the sticky comment', () => {
  it('is created once, edited afterwards, and left alone where nothing changes', async (test) => {
    const connection = await connect(test, { world: { pulls } });
    const first = await put(connection, markComment(FIRST, 'worse'));
    const again = await put(connection, markComment(FIRST, 'worse'));
    const second = await put(connection, markComment(SECOND, 'better'));
    expect([again, second]).toEqual([first, first]);
    expect(bodies(connection)).toEqual([[US, markComment(SECOND, 'better')]]);
    expect(writes(connection)).toEqual([CREATE, EDIT]);
  });

  it('is found behind hundreds of others', async (test) => {
    const many = Array.from({ length: 250 }, (): [string, string] => ['alice', 'hello']);
    const world = { pulls, comments: comments(...many, [US, markComment(FIRST, 'old')]) };
    const connection = await connect(test, { world });
    expect(await put(connection, markComment(SECOND, 'new'))).toBe(251);
    expect(writes(connection)).toEqual([EDIT]);
    const pages = connection.server.requests.filter(({ route }) => route.startsWith('GET'));
    expect(pages).toHaveLength(3);
  });

  it('is never one that somebody else wrote', async (test) => {
    const forged = markComment(SECOND, 'All is well');
    const world = { pulls, comments: comments(['mallory', forged], ['other[bot]', forged]) };
    const connection = await connect(test, { world });
    const { github, place } = connection;
    expect(await findComment(github, { ...place, number: 7 })).toBeNull();
    await put(connection, markComment(FIRST, 'worse'));
    expect(bodies(connection)).toEqual([
      ['mallory', forged],
      ['other[bot]', forged],
      [US, markComment(FIRST, 'worse')],
    ]);
    expect(writes(connection)).toEqual([CREATE]);
    expect(await findComment(github, { ...place, number: 7 })).toBe(FIRST);
  });

  it("is the workflow's own where the token may not ask who it is", async (test) => {
    const world = {
      pulls,
      comments: comments(['mallory', markComment(SECOND, '')], [US, markComment(FIRST, 'old')]),
      identities: new Map([[TEST_TOKEN, { ...ACTIONS_BOT, hasGraphql: false }]]),
    };
    const connection = await connect(test, { world });
    expect(await put(connection, markComment(SECOND, 'new'))).toBe(2);
    expect(writes(connection)).toEqual([EDIT]);
  });

  it('is its own for a token of a person', async (test) => {
    const carol = { login: 'carol', type: 'User' as const, mayWrite: true, hasGraphql: true };
    const world = {
      pulls,
      comments: comments([US, markComment(FIRST, 'bot')], ['carol', markComment(FIRST, 'old')]),
      identities: new Map([['ghp_carol', carol]]),
    };
    const connection = await connect(test, { world, token: 'ghp_carol' });
    expect(await put(connection, markComment(SECOND, 'new'))).toBe(2);
  });

  it('is one: further ones of ours are deleted', async (test) => {
    const old = markComment(FIRST, 'old');
    const world = { pulls, comments: comments([US, old], ['alice', old], [US, old], [US, 'unmarked']) };
    const connection = await connect(test, { world });
    expect(await put(connection, markComment(SECOND, 'new'))).toBe(1);
    expect(bodies(connection)).toEqual([
      [US, markComment(SECOND, 'new')],
      ['alice', old],
      [US, 'unmarked'],
    ]);
  });

  it('is the next of ours where the first may not be edited', async (test) => {
    const old = markComment(FIRST, 'old');
    const connection = await connect(test, {
      world: { pulls, comments: comments([US, old], [US, old]) },
      behave: ({ route, number, path }) =>
        (route === EDIT && number === 1) || path.endsWith('/comments/1') ? forbidden : undefined,
    });
    expect(await put(connection, markComment(SECOND, 'new'))).toBe(2);
    expect(bodies(connection)).toEqual([
      [US, old],
      [US, markComment(SECOND, 'new')],
    ]);
  });

  it('is created where ours may not be edited', async (test) => {
    const connection = await connect(test, {
      world: { pulls, comments: comments([US, markComment(FIRST, 'old')]) },
      behave: ({ route }) => (route === EDIT ? forbidden : undefined),
    });
    await put(connection, markComment(SECOND, 'new'));
    expect(bodies(connection)).toEqual([[US, markComment(SECOND, 'new')]]);
  });

  it('is not doubled where GitHub creates it and then fails', async (test) => {
    const connection = await connect(test, {
      world: { pulls },
      behave: ({ route, number }) =>
        route === CREATE && number === 1 ? { kind: 'error', status: 502, when: 'after' } : undefined,
    });
    await put(connection, markComment(FIRST, 'worse'));
    expect(bodies(connection)).toEqual([[US, markComment(FIRST, 'worse')]]);
    expect(writes(connection)).toEqual([CREATE]);
  });

  it('is not doubled where GitHub creates it and nobody hears', async (test) => {
    const connection = await connect(test, {
      world: { pulls },
      behave: ({ route, number }) =>
        route === CREATE && number === 1 ? { kind: 'reset', when: 'after' } : undefined,
    });
    await put(connection, markComment(FIRST, 'worse'));
    expect(bodies(connection)).toEqual([[US, markComment(FIRST, 'worse')]]);
    expect(writes(connection)).toEqual([CREATE]);
  });

  it('is created in a second attempt where the first failed for good', async (test) => {
    const connection = await connect(test, {
      world: { pulls },
      behave: ({ route, number }) =>
        route === CREATE && number === 1 ? { kind: 'error', status: 500 } : undefined,
    });
    await put(connection, markComment(FIRST, 'worse'));
    expect(bodies(connection)).toHaveLength(1);
  });

  it('reports a token that may not write', async (test) => {
    const identities = new Map([[TEST_TOKEN, { ...ACTIONS_BOT, mayWrite: false }]]);
    const connection = await connect(test, { world: { pulls, identities } });
    await expect(put(connection, markComment(FIRST, 'worse'))).rejects.toMatchObject({
      status: 403,
      mend: expect.stringContaining('pull-requests: write'),
    });
  });

  it('takes the longest text that GitHub does, and no longer one or unmarked one', async (test) => {
    const connection = await connect(test, { world: { pulls } });
    const room = 65_536 - markComment(FIRST, '').length;
    await put(connection, markComment(FIRST, 'x'.repeat(room)));
    await expect(put(connection, markComment(FIRST, 'x'.repeat(room + 1)))).rejects.toThrow(RangeError);
    await expect(put(connection, 'hello')).rejects.toThrow(RangeError);
    expect(bodies(connection)).toHaveLength(1);
  });
});
