import { Chalk } from 'chalk';
import { afterEach, describe, expect, it } from 'vitest';
import { batchCommand } from '../src/cli/batch.ts';
import type { Terminal } from '../src/cli/terminal.ts';
import { type Api, TEST_KEY } from './anthropic-api/start-api.ts';
import {
  ask,
  byCase,
  closeAll,
  instantTiming,
  killed,
  openApi,
  openRun,
  POINTS,
  sizes,
  undisturbed,
} from './batch-run.ts';
import { colorProject } from './color-classifier.ts';
import { makeWorkspace } from './workspace.ts';

afterEach(closeAll);

describe('a process that asks in batches and is killed with -9', () => {
  it.each(Object.keys(POINTS) as (keyof typeof POINTS)[])(
    'at "%s" loses no answer and pays for none twice',
    async (point) => {
      const api = await openApi({ batch: { polls: 3 } });
      const cwd = makeWorkspace(colorProject());
      const requests = point === 'identified the second' ? 12 : 1000;
      await killed(point, cwd, api.url, requests);
      const answers = await ask(openRun(api, cwd, { limits: { requests, bytes: 1e9 } }));
      expect(byCase(answers)).toEqual(await undisturbed());
      const sent = api.batches.flatMap((batch) => batch.requests.map(({ custom_id }) => custom_id));
      expect(sent.toSorted()).toEqual([...new Set(sent)].sort());
      expect(sent).toHaveLength(36);
    },
  );

  it('may be killed again and again', async () => {
    const api = await openApi({ batch: { polls: 4 } });
    const cwd = makeWorkspace(colorProject());
    for (const point of ['intend', 'creating', 'identified', 'polling', 'reading a later result'] as const)
      await killed(point, cwd, api.url);
    expect(byCase(await ask(openRun(api, cwd)))).toEqual(await undisturbed());
    expect(sizes(api)).toEqual([36]);
  });
});

/** `touchstone batch` in a project, and what it said. */
function command(cwd: string, api: Api | null) {
  const said = { out: '', err: '' };
  const terminal: Terminal = {
    cwd,
    env: api === null ? {} : { ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: api.url },
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    chalk: new Chalk({ level: 0 }),
    isInteractive: false,
    columns: 100,
  };
  return async (action: 'list' | 'resume' | 'cancel', ...ids: string[]) => {
    Object.assign(said, { out: '', err: '' });
    const code = await batchCommand(action, ids, {}, terminal, instantTiming());
    return { code, ...said };
  };
}

describe('touchstone batch', () => {
  it('lists what was sent, with a key and without, and takes it in when it has ended', async () => {
    const api = await openApi({ batch: { polls: 4 } });
    const cwd = makeWorkspace(colorProject());
    expect(await command(cwd, api)('list')).toMatchObject({
      code: 0,
      out: expect.stringContaining('No batch'),
    });
    await killed('polling', cwd, api.url);
    const { out } = await command(cwd, api)('list');
    expect(out).toMatch(/^msgbatch_000001 +color +claude-haiku-5-5 +in_progress +36 +- +- +- +- +\d+ s$/m);
    const unasked = await command(cwd, null)('list');
    expect(unasked).toMatchObject({ code: 0, err: expect.stringContaining('no key') });
    expect(unasked.out).toMatch(/^msgbatch_000001 +color +claude-haiku-5-5 +open /m);
    expect(await command(cwd, api)('resume')).toMatchObject({ code: 0, out: '1 batch taken in.\n' });
    expect((await command(cwd, null)('list')).out).toMatch(/ taken in +36 +36 +0 +0 +0 /);
    expect(await command(cwd, api)('resume')).toMatchObject({ code: 0, out: 'No batch is under way.\n' });
    const seen = api.requests.length;
    expect(byCase(await ask(openRun(api, cwd)))).toEqual(await undisturbed());
    expect(api.requests).toHaveLength(seen);
  });

  it('takes in what a killed process left, by itself', async () => {
    const api = await openApi({ batch: { polls: 1 } });
    const cwd = makeWorkspace(colorProject());
    await killed('identified', cwd, api.url);
    expect((await command(cwd, api)('resume')).code).toBe(0);
    expect(byCase(await ask(openRun(api, cwd)))).toEqual(await undisturbed());
    expect(sizes(api)).toEqual([36]);
  });

  it('says what never reached the API, or has no answer, and that the next run asks it', async () => {
    const api = await openApi({ batch: { outcome: (_, index) => (index < 3 ? 'expired' : 'succeeded') } });
    const cwd = makeWorkspace(colorProject());
    await killed('creating', cwd, api.url);
    const gone = await command(cwd, api)('resume');
    expect(gone).toMatchObject({ code: 3, out: expect.stringContaining('1 batch never reached the API') });
    await killed('identified', cwd, api.url);
    const resumed = await command(cwd, api)('resume');
    expect(resumed).toMatchObject({ code: 3, out: expect.stringContaining('3 requests without an answer') });
  });

  it('cancels a batch that is named, and no other', async () => {
    const api = await openApi({ batch: { polls: 9 } });
    const cwd = makeWorkspace(colorProject());
    await killed('polling', cwd, api.url);
    const batch = command(cwd, api);
    await expect(batch('cancel')).rejects.toThrow(/which one is not said/);
    await expect(batch('cancel', 'msgbatch_000002')).rejects.toThrow(/Did you mean "msgbatch_000001"/);
    expect((await batch('cancel', 'msgbatch_000001')).out).toContain('is being canceled');
    expect(await batch('resume')).toMatchObject({
      code: 3,
      out: expect.stringContaining('36 requests without'),
    });
  });

  it('stops at a batch that the key does not know, and forgets it when that is asked for', async () => {
    const [api, another] = [await openApi({ batch: { polls: 9 } }), await openApi()];
    const cwd = makeWorkspace(colorProject());
    await killed('polling', cwd, api.url);
    const [{ id } = { id: '' }] = api.batches;
    const lost = openRun(api, cwd);
    await lost.context.client.messages.batches.cancel(id);
    await lost.context.client.messages.batches.retrieve(id);
    await lost.context.client.messages.batches.delete(id);
    await expect(command(cwd, api)('resume')).rejects.toMatchObject({
      exitCode: 3,
      mend: expect.stringContaining(`touchstone batch cancel ${id}`),
    });
    expect((await command(cwd, api)('cancel', id)).out).toContain('forgotten');
    expect(byCase(await ask(openRun(another, cwd)))).toEqual(await undisturbed());
  });
});
