import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { touchstone } from './command.ts';
import { type Labeller, linesOf, openProject, startLabeller } from './labelling-project.ts';

interface Sent {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A request as no browser would send it. */
function send(url: string, { method = 'GET', path: below = '', headers = {}, body }: Sent) {
  return new Promise<{ status: number; text: string; headers: IncomingHttpHeaders }>((resolve, reject) => {
    const sent = request(new URL(below, url), { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
      );
    });
    sent.on('error', reject).end(body);
  });
}

/** The status of a request for a target that is no path. */
function statusOfTarget(url: string, target: string): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: target }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

const answer = (at: number, tone: string) => JSON.stringify({ at, label: { tone }, unsure: false, note: '' });

describe('the server of touchstone goldens label', () => {
  let cwd = '';
  const labellers: Labeller[] = [];
  afterEach(async () => {
    for (const labeller of labellers.splice(0)) await labeller.end('SIGKILL');
    rmSync(cwd, { recursive: true, force: true });
  });
  async function start(...args: string[]): Promise<Labeller> {
    const labeller = await startLabeller(cwd, args);
    labellers.push(labeller);
    return labeller;
  }
  const post = (url: string, body: string, headers: Record<string, string> = {}) => {
    const { origin } = new URL(url);
    const json = { 'Content-Type': 'application/json', Origin: origin, ...headers };
    return send(url, { method: 'POST', path: 'api/answer', headers: json, body });
  };

  it('serves nobody without the token, under another name, or from another page', async () => {
    cwd = openProject();
    const { url } = await start('mood', '--as', 'ana');
    const { origin, port, host } = new URL(url);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/$/);
    const status = async (given: Promise<{ status: number }>) => (await given).status;
    expect(await status(send(`${origin}/`, {}))).toBe(403);
    expect(await status(send(`${origin}/${'0'.repeat(32)}/`, {}))).toBe(403);
    expect(await status(send(url.slice(0, -2), {}))).toBe(403);
    expect(await status(send(url, { headers: { Host: `evil.example:${port}` } }))).toBe(403);
    expect(await statusOfTarget(url, '//')).toBe(400);
    expect(await statusOfTarget(url, 'http://[')).toBe(400);
    expect(await status(send(url, { headers: { Host: '127.0.0.1' } }))).toBe(403);
    expect(await status(send(url, { headers: { Host: `localhost:${port}` } }))).toBe(200);
    expect(await status(post(url, answer(0, 'up'), { Origin: 'http://evil.example' }))).toBe(403);
    expect(await status(post(url, answer(0, 'up'), { Origin: `http://localhost:${port}` }))).toBe(403);
    expect(await status(post(url, answer(0, 'up'), { Origin: 'null' }))).toBe(403);
    expect(await status(post(url, answer(0, 'up'), { 'Content-Type': 'text/plain' }))).toBe(415);
    expect(await status(send(url, { path: 'api/answer' }))).toBe(405);
    expect(await status(send(url, { method: 'PUT' }))).toBe(405);
    expect(await status(send(url, { path: 'api/other' }))).toBe(404);
    expect(linesOf(cwd, 'open/mood.jsonl').every((line) => line.votes === undefined)).toBe(true);
    expect(await status(post(url, answer(0, 'up'), { Host: host }))).toBe(200);
    const { headers } = await send(url, {});
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-/),
    });
    expect(Object.keys(headers)).not.toContain('set-cookie');
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('says that a port is taken', async () => {
    cwd = openProject();
    const { port } = new URL((await start('mood', '--as', 'ana')).url);
    const { code, err } = await touchstone(['goldens', 'label', '--as', 'ben', '--port', port], { cwd });
    expect([code, err]).toEqual([3, expect.stringContaining(`Port ${port} cannot be used`)]);
  });

  it('says of a request that it cannot use why', async () => {
    cwd = openProject();
    const { url } = await start('mood', '--as', 'ana');
    const tries: [string, number, string][] = [
      ['{', 400, 'not valid JSON'],
      ['[]', 400, 'not an answer'],
      [answer(99, 'up'), 404, 'the queue has no such case'],
      [answer(0, 'upp'), 422, 'unknown tone "upp". Did you mean "up"? Use one of down, even, up.'],
      [
        JSON.stringify({ at: 0, label: { tone: 'up', x: true }, unsure: false, note: '' }),
        422,
        'unknown property "x"',
      ],
      ['x'.repeat(70_000), 413, 'more than 65536 bytes'],
    ];
    for (const [body, status, error] of tries) {
      const given = await post(url, body);
      expect([given.status, JSON.parse(given.text).error]).toEqual([status, expect.stringContaining(error)]);
    }
    expect((await send(url, { path: 'api/case?at=-1' })).status).toBe(404);
    expect(linesOf(cwd, 'open/mood.jsonl').every((line) => line.votes === undefined)).toBe(true);
  });

  it('takes a label back that it settled itself, when the vote is changed', async () => {
    const bens = { by: 'ben', tone: 'up' };
    const open = ['c1', 'c2', 'c3', 'c4'].map((id) => ({ id, window: 'opening', votes: [bens] }));
    cwd = openProject({ 'goldens/open/mood.jsonl': [...open, { ...open[0], window: 'closing' }] });
    const { url } = await start('mood', '--as', 'ana');
    const { text } = await send(url, { path: 'api/case?at=0' });
    expect(text).not.toContain('ben');
    const { id, window } = JSON.parse(text);
    await post(url, answer(0, 'up'));
    expect(linesOf(cwd, 'labels/mood.jsonl')).toHaveLength(1);
    await post(url, answer(0, 'down'));
    expect(linesOf(cwd, 'labels/mood.jsonl')).toEqual([]);
    expect(linesOf(cwd, 'open/mood.jsonl')).toHaveLength(5);
    expect(linesOf(cwd, 'open/mood.jsonl')).toContainEqual({
      ...{ id, window: window.split(':')[0] },
      votes: [bens, { by: 'ana', tone: 'down' }],
    });
  });

  it('says in its terminal why it cannot write, and serves on', async () => {
    cwd = openProject();
    const labeller = await start('mood', '--as', 'ana');
    // A folder where the unfinished file would be.
    const part = path.join(cwd, 'goldens/open/mood.jsonl.labelling.part');
    mkdirSync(part);
    expect((await post(labeller.url, answer(0, 'up'))).status).toBe(500);
    expect(labeller.said().err).toContain('mood.jsonl.labelling.part');
    rmSync(part, { recursive: true });
    expect((await post(labeller.url, answer(0, 'up'))).status).toBe(200);
  });

  it('loses no vote of two annotators whose saves overlap', async () => {
    cwd = openProject();
    const both = await Promise.all(['ana', 'ben'].map((name) => start('mood', '--votes', '3', '--as', name)));
    const tones = ['down', 'even', 'up'];
    const statuses = await Promise.all(
      both.map(async ({ url }, who) => {
        const given: number[] = [];
        for (let sent = 0; sent < 40; sent += 1)
          given.push((await post(url, answer(sent % 5, tones[(sent + who) % 3] ?? ''))).status);
        return given;
      }),
    );
    expect(new Set(statuses.flat())).toEqual(new Set([200]));
    for (const [who, { url }] of both.entries()) {
      for (let at = 0; at < 5; at += 1) {
        const { own } = JSON.parse((await send(url, { path: `api/case?at=${at}` })).text);
        expect(own.label.tone).toBe(tones[(35 + at + who) % 3]);
      }
    }
    const votes = linesOf(cwd, 'open/mood.jsonl').map((line) => line.votes);
    expect(votes.flat()).toHaveLength(10);
  });

  it('loses no vote that it acknowledged, and breaks no file, when it is killed in the middle of saves', async () => {
    cwd = openProject();
    for (let round = 0; round < 5; round += 1) {
      const { url, child } = await start('mood', '--as', 'ana');
      const cases = [0, 1, 2, 3, 4].map(async (at) =>
        JSON.parse((await send(url, { path: `api/case?at=${at}` })).text),
      );
      const queue = await Promise.all(cases);
      const kept = new Map<number, string>();
      const ended = new Promise((resolve) => child.on('close', resolve));
      const last = 5 + round * 3;
      for (let sent = 0; sent <= last; sent += 1) {
        const at = sent % 5;
        const tone = ['down', 'even', 'up'][(sent + round) % 3] ?? '';
        const saving = post(url, answer(at, tone)).then(
          ({ status }) => status === 200 && kept.set(at, tone),
          () => kept.delete(at),
        );
        // From somewhere in the midst of the last save, each round a little later.
        for (let turn = 0; sent === last && turn < round * 2; turn += 1)
          await new Promise((resolve) => setImmediate(resolve));
        if (sent === last) child.kill('SIGKILL');
        await saving;
      }
      await ended;
      const lines = linesOf(cwd, 'open/mood.jsonl');
      expect(lines).toHaveLength(5);
      expect(kept.size).toBeGreaterThanOrEqual(4);
      for (const [at, tone] of kept) {
        const { id, window } = queue[at];
        const line = lines.find((each) => each.id === id && window.startsWith(`${each.window}:`));
        expect(line?.votes).toEqual([{ by: 'ana', tone }]);
      }
    }
  });

  it('goes on after a save that was killed between its two files, and leaves nothing behind', async () => {
    const vote = { by: 'ben', tone: 'up' };
    cwd = openProject({
      'goldens/labels/mood.jsonl': [{ id: 'c2', window: 'opening', tone: 'up', votes: [vote] }],
      'goldens/open/mood.jsonl.labelling.part': '{"id": "c',
    });
    const file = path.join(cwd, 'goldens/open/mood.jsonl');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(
        '{"id":"c2","window":"opening"}',
        JSON.stringify({ id: 'c2', window: 'opening', votes: [vote, { by: 'zoe', tone: 'even' }] }),
      ),
    );
    await start('mood', '--as', 'ana');
    expect(linesOf(cwd, 'open/mood.jsonl').map(({ id }) => id)).toEqual(['c1', 'c3', 'c4', 'c1']);
    expect(linesOf(cwd, 'labels/mood.jsonl')).toEqual([
      { id: 'c2', window: 'opening', tone: 'up', votes: [vote, { by: 'zoe', tone: 'even' }] },
    ]);
    expect(() => readFileSync(`${file}.labelling.part`)).toThrow('ENOENT');
  });
});

const PROMPT = '---\nmax_tokens: 20\nquestion: How does it sound?\n---\nSay down, even or up.\n';

describe('touchstone goldens label, before it serves anything', () => {
  it('names what is wrong', async () => {
    const cwd = openProject({
      'goldens/open/talk.jsonl': [
        {
          id: 'c1',
          votes: [{ by: 'Zoë K', main: 'other', topics: [], pushback: false, reason: null }],
        },
        ...['c2', 'c3', 'c4'].map((id) => ({ id })),
      ],
      'batch.jsonl': [{ labels: 'mood', id: 'c2', window: 'closing', why: '' }],
      'elsewhere.jsonl': [{ labels: 'other', id: 'c2', window: null, why: '' }],
    });
    const tries: [args: string[], said: string][] = [
      [['mood'], "2 error: required option '--as <name>'"],
      [['mood', '--as', '<b>'], '2 --as: is no name for an annotator.'],
      [
        ['talk', '--as', 'zoë  k'],
        '2 --as: is an annotator\'s name written otherwise: there are votes by "Zoë K".',
      ],
      [['mod', '--as', 'ana'], 'no suite is called "mod". Did you mean "mood"?'],
      [['--as', 'ana', '--batch', 'no.jsonl'], 'no.jsonl: there is no such file'],
      [
        ['--as', 'ana', '--batch', 'batch.jsonl'],
        'batch.jsonl:1 (c2): mood has no such case for window closing.',
      ],
      [['--as', 'ana', '--batch', 'elsewhere.jsonl'], 'no line is of these suites'],
    ];
    const given = await Promise.all(
      tries.map(([args]) => touchstone(['goldens', 'label', ...args], { cwd })),
    );
    expect(given.map(({ code, err }) => `${code} ${err}`)).toEqual(
      tries.map(([, said]) => expect.stringContaining(said)),
    );
    rmSync(cwd, { recursive: true });
  });

  it('tells a run that no label is settled yet', async () => {
    const cwd = openProject({ 'prompts/mood.md': PROMPT });
    const { code, err } = await touchstone(['run', 'mood'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain(
      'goldens/labels/mood.jsonl: no label is settled yet. Settle some: touchstone goldens label',
    );
    rmSync(cwd, { recursive: true });
  });
});
