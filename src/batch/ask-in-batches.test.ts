import { afterEach, describe, expect, it } from 'vitest';
import type { Api } from '../../test/anthropic-api/start-api.ts';
import {
  ask,
  byCase,
  closeAll,
  instantTiming,
  killed,
  MODEL,
  openApi,
  openRun,
  sizes,
  undisturbed,
} from '../../test/batch-run.ts';
import { colorProject } from '../../test/color-classifier.ts';
import { makeWorkspace } from '../../test/workspace.ts';
import type { Question } from '../ask/evaluate.ts';
import { openClient } from '../model/anthropic/client.ts';
import { askInBatches } from './ask-in-batches.ts';
import { batchRequest } from './batch-request.ts';

afterEach(closeAll);

const creations = (api: Api) =>
  api.requests.filter(({ method, path }) => method === 'POST' && path === '/v1/messages/batches');
describe('asking in batches', () => {
  it('answers every question, in whatever order results come, and asks nothing the second time', async () => {
    const api = await openApi({ batch: { polls: 3 } });
    const run = openRun(api);
    const answers = await ask(run);
    expect([...answers.keys()].sort(byId)).toEqual(run.questions);
    for (const answer of answers.values())
      expect(answer).toMatchObject({ status: 'answered', usage: { cost_usd: expect.any(Number) } });
    expect(sizes(api)).toEqual([36]);
    const seen = api.requests.length;
    expect(byCase(await ask(run))).toEqual(byCase(answers));
    expect(api.requests).toHaveLength(seen);
  });

  it('splits what exceeds the limits, and sends a question that two cases share once', async () => {
    const api = await openApi();
    const run = openRun(api, undefined, { limits: { requests: 10, bytes: 1e9 } });
    const [first] = run.questions;
    if (first === undefined) throw new Error('no question');
    const twin: Question = { ...first, case: { ...first.case, id: 'twin' } };
    const again: Question = { ...first, repeat: 1 };
    const answers = await askInBatches([...run.questions, twin, again], run.context);
    expect(sizes(api)).toEqual([7, 10, 10, 10]);
    expect(answers.get(twin)).toEqual(answers.get(first));
    expect(answers.get(again)).toBeDefined();
  });

  it('asks what erred or expired once more, and gives the same answers as if nothing had', async () => {
    const failedOnce = new Set<string>();
    const outcome = (id: string, index: number) => {
      if (index % 3 === 0 || failedOnce.has(id)) return 'succeeded';
      failedOnce.add(id);
      return index % 3 === 1 ? 'errored' : 'expired';
    };
    const api = await openApi({ batch: { outcome } });
    expect(byCase(await ask(openRun(api)))).toEqual(await undisturbed());
    expect(sizes(api)[0]).toBeLessThan(36);
  });

  it('gives up on a question after three times, says why, and does not store that', async () => {
    const api = await openApi({ batch: { outcome: (_, index) => (index === 0 ? 'expired' : 'succeeded') } });
    const run = openRun(api);
    const [answer] = [...(await ask(run)).values()].filter(({ status }) => status === 'failed');
    expect(answer).toMatchObject({ status: 'failed', reason: expect.stringContaining('expired') });
    expect(sizes(api)).toEqual([1, 1, 36]);
  });

  it('does not repeat a request that the API finds invalid', async () => {
    const api = await openApi();
    const run = openRun(api);
    const questions = run.questions.map((question, index): Question => {
      const request = { ...question.case.request, maxTokens: index === 0 ? -1 : 64 };
      return { ...question, case: { ...question.case, request } };
    });
    const answers = await askInBatches(questions, run.context);
    expect(sizes(api)).toEqual([36]);
    expect([...answers.values()].filter(({ status }) => status === 'failed')).toEqual([
      expect.objectContaining({ reason: expect.stringMatching(/invalid_request_error: max_tokens/) }),
    ]);
  });

  it('reads results that break off again, from the beginning', async () => {
    const api = await openApi({ batch: { breakOffAfter: (download) => (download <= 3 ? 2500 : null) } });
    expect(byCase(await ask(openRun(api)))).toEqual(await undisturbed());
    expect(api.batches[0]?.downloads).toBe(4);
    expect(creations(api)).toHaveLength(1);
  });

  it('does not take results for whole that end too early', async () => {
    const api = await openApi({ batch: { order: (results) => results.slice(1) } });
    const run = openRun(api);
    await expect(ask(run)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('broke off'),
    });
    expect(run.log.list()).toEqual([expect.objectContaining({ state: 'open' })]);
    expect(creations(api)).toHaveLength(1);
  });

  it('reads results whose last line is cut again, and quotes nothing of them', async () => {
    let downloads = 0;
    const behave = ({ path }: { path: string }) => {
      downloads += path.endsWith('/results') ? 1 : 0;
      return path.endsWith('/results') && downloads <= 2 ? { kind: 'half-json' as const } : undefined;
    };
    const run = openRun(await openApi({ behave }));
    expect(byCase(await ask(run))).toEqual(await undisturbed());
    expect(run.notices).toEqual(['the API gave what is no JSON: asking again, for 600 s at most']);
  });

  it.each(['after', 'before'] as const)(
    'is not paid twice when the connection breaks %s a batch is created',
    async (when) => {
      const isFirst = ({ method, number }: { method: string; number: number }) =>
        method === 'POST' && number === 1;
      const api = await openApi({
        batch: { polls: 2 },
        behave: (request) => (isFirst(request) ? { kind: 'reset', when } : undefined),
      });
      expect(byCase(await ask(openRun(api)))).toEqual(await undisturbed());
      expect(sizes(api)).toEqual([36]);
    },
  );

  it.each([429, 500, 529])('waits out a status of %i', async (status) => {
    const api = await openApi({
      behave: ({ number }) => (number % 2 === 1 && number < 8 ? { kind: 'error', status } : undefined),
    });
    expect((await ask(openRun(api))).size).toBe(36);
    expect(sizes(api)).toEqual([36]);
  });

  it('ends at once where the key is refused', async () => {
    const api = await openApi();
    const client = openClient('another', api.url);
    await expect(ask(openRun(api, undefined, { client }))).rejects.toThrow(/key was refused/);
    expect(api.requests).toHaveLength(1);
  });

  it('leaves canceled questions out and says so; the next run asks them', async () => {
    const api = await openApi({ batch: { polls: 1 } });
    const run = openRun(api);
    const { timing = instantTiming(), client } = run.context;
    const sleep = async (milliseconds: number, signal: AbortSignal) => {
      const [batch] = api.batches;
      if (batch !== undefined && batch.view.processing_status === 'in_progress')
        await client.messages.batches.cancel(batch.id);
      return timing.sleep(milliseconds, signal);
    };
    const canceled = askInBatches(run.questions, { ...run.context, timing: { ...timing, sleep } });
    await expect(canceled).rejects.toThrow('36 questions were canceled');
    expect(byCase(await ask(run))).toEqual(await undisturbed());
  });

  it('leaves a batch under way when it is stopped, and takes it up again, for another suite too', async () => {
    const api = await openApi({ batch: { polls: 3 } });
    const stop = new AbortController();
    const timing = instantTiming();
    const sleep = async () => stop.abort(new Error('stopped'));
    const run = openRun(api, undefined, { signal: stop.signal, timing: { ...timing, sleep } });
    await expect(ask(run)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('a batch goes on'),
      mend: expect.stringContaining('touchstone batch resume'),
    });
    const next = openRun(api, run.cwd);
    const task = { ...next.context.task, name: 'another' };
    expect(byCase(await askInBatches(next.questions, { ...next.context, task }))).toEqual(
      await undisturbed(),
    );
    expect(sizes(api)).toEqual([36]);
  });

  it('sends each question once, however many runs share the store', async () => {
    const api = await openApi({ batch: { polls: 4 } });
    const cwd = makeWorkspace(colorProject());
    const runs = [openRun(api, cwd), openRun(api, cwd), openRun(api, cwd)];
    const answers = await Promise.all(runs.map(ask));
    for (const each of answers) expect(byCase(each)).toEqual(await undisturbed());
    expect(sizes(api)).toEqual([36]);
  });

  it('does not take a batch of somebody else for its own', async () => {
    const api = await openApi({ batch: { polls: 2 } });
    const run = openRun(api);
    const requests = run.questions.map((question, index) => {
      return { ...batchRequest(question, MODEL), custom_id: `theirs-${index}` };
    });
    const theirs = await run.context.client.messages.batches.create({ requests });
    await killed('creating', run.cwd, api.url);
    expect(byCase(await ask(run))).toEqual(await undisturbed());
    expect(sizes(api)).toEqual([36, 36]);
    expect(run.log.list().map(({ id }) => id)).not.toContain(theirs.id);
  });
});

function byId(a: Question, b: Question): number {
  return a.case.id < b.case.id ? -1 : 1;
}
