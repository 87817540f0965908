import { describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../test/github-api/connect.ts';
import type { CheckOutcome } from '../check/check-outcome.ts';
import { putCheck } from './check-run.ts';

const CREATE = 'POST /repos/{owner}/{repo}/check-runs';
const UPDATE = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';
const COMMIT = 'c'.repeat(40);
const NAME = 'touchstone';

function outcome(annotations: number, more: Partial<CheckOutcome> = {}): CheckOutcome {
  return {
    commit: COMMIT,
    conclusion: annotations === 0 ? 'success' : 'failure',
    title: `${annotations} cases broke`,
    summary: '# Worse',
    annotations: Array.from({ length: annotations }, (_, index) => {
      const line = index + 1;
      return {
        level: 'error',
        file: 'goldens/labels/a.jsonl',
        line,
        title: 'Broke',
        message: `case ${line}`,
      };
    }),
    ...more,
  };
}

const put = ({ github, place }: Connection, what: CheckOutcome) => putCheck(github, place, what, NAME);
const writes = ({ server }: Connection) =>
  server.requests.map(({ route }) => route).filter((route) => !route.startsWith('GET'));
const messages = ({ server }: Connection) =>
  server.world.checks.map(({ annotations }) => annotations.map(({ message }) => message));

describe.concurrent('a check run', () => {
  it('shows conclusion, title, summary and annotations', async (test) => {
    const connection = await connect(test);
    await put(connection, outcome(1));
    expect(connection.server.world.checks).toMatchObject([
      {
        name: NAME,
        head_sha: COMMIT,
        status: 'completed',
        conclusion: 'failure',
        title: '1 cases broke',
        summary: '# Worse',
        annotations: [{ path: 'goldens/labels/a.jsonl', start_line: 1, annotation_level: 'failure' }],
      },
    ]);
  });

  it('is updated where there is one of ours, and gets no annotation twice', async (test) => {
    const connection = await connect(test);
    const first = await put(connection, outcome(1));
    const second = await put(connection, outcome(2, { conclusion: 'action_required' }));
    expect(second).toBe(first);
    expect(messages(connection)).toEqual([['case 1', 'case 2']]);
    expect(connection.server.world.checks[0]?.conclusion).toBe('action_required');
    expect(writes(connection)).toEqual([CREATE, UPDATE]);
  });

  it('is a new one where an annotation no longer holds, since none can be taken away', async (test) => {
    const connection = await connect(test);
    const first = await put(connection, outcome(1));
    const second = await put(connection, outcome(0));
    expect(second).not.toBe(first);
    expect(connection.server.world.checks.map(({ conclusion }) => conclusion)).toEqual([
      'failure',
      'success',
    ]);
    expect(await put(connection, outcome(0))).toBe(second);
  });

  it("is not a workflow's job of the same name, nor a check of another commit", async (test) => {
    const job = {
      id: 1,
      app: 'github-actions[bot]',
      name: NAME,
      head_sha: COMMIT,
      external_id: 'job-1',
      status: 'in_progress',
      conclusion: null,
      title: null,
      summary: null,
      annotations: [],
    };
    const connection = await connect(test, { world: { checks: [job] } });
    const here = await put(connection, outcome(0));
    const elsewhere = await put(connection, outcome(0, { commit: 'd'.repeat(40) }));
    expect(new Set([1, here, elsewhere]).size).toBe(3);
    expect(connection.server.world.checks[0]?.conclusion).toBeNull();
  });

  it('is a new one where ours belongs to another app', async (test) => {
    const connection = await connect(test);
    const first = await put(connection, outcome(0));
    for (const run of connection.server.world.checks) run.app = 'other[bot]';
    expect(await put(connection, outcome(0))).not.toBe(first);
    expect(writes(connection)).toEqual([CREATE, UPDATE, CREATE]);
  });

  it('gets its annotations fifty a request', async (test) => {
    const connection = await connect(test);
    await put(connection, outcome(120));
    const sent = connection.server.requests
      .filter(({ route }) => !route.startsWith('GET'))
      .map(({ body }) => body as { output: { annotations: unknown[] } });
    expect(sent.map(({ output }) => output.annotations.length)).toEqual([50, 50, 20]);
    expect(new Set(messages(connection).flat()).size).toBe(120);
  });

  it('has every annotation once where GitHub adds some and then fails', async (test) => {
    const connection = await connect(test, {
      behave: ({ route, number }) => {
        if (number !== 1 || route.startsWith('GET')) return undefined;
        return { kind: 'error', status: 500, when: 'after' };
      },
    });
    await put(connection, outcome(120));
    expect(messages(connection).map((list) => [list.length, new Set(list).size])).toEqual([[120, 120]]);
  });

  it('reports what GitHub refuses', async (test) => {
    const connection = await connect(test, {
      behave: ({ route }) =>
        route === CREATE ? { kind: 'error', status: 422, message: 'No commit found' } : undefined,
    });
    await expect(put(connection, outcome(0))).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('No commit found'),
    });
  });
});
