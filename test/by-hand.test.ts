import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Chalk } from 'chalk';
import { afterEach, describe, expect, it } from 'vitest';
import type { BatchRequest } from '../src/batch/batch-request.ts';
import { type IngestOptions, ingestCommand } from '../src/cli/ingest.ts';
import { requestsCommand } from '../src/cli/requests.ts';
import type { Terminal } from '../src/cli/terminal.ts';
import { openClient } from '../src/model/anthropic/client.ts';
import { type ApiOptions, startApi, TEST_KEY } from './anthropic-api/start-api.ts';
import { colorProject } from './color-classifier.ts';
import { makeWorkspace } from './workspace.ts';

const MODEL = 'anthropic:claude-haiku-5-5';
const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

function openProject(files: Record<string, unknown> = {}) {
  const cwd = makeWorkspace({ ...colorProject(), ...files });
  let out = '';
  const terminal: Terminal = {
    cwd,
    env: {},
    out: (text) => {
      out += text;
    },
    err: () => {},
    chalk: new Chalk({ level: 0 }),
    isInteractive: false,
    columns: 100,
  };
  const said = <T>(code: T) => {
    const text = out;
    out = '';
    return { code, out: text };
  };
  return {
    cwd,
    file: (name: string) => path.join(cwd, name),
    requests: (limits?: Parameters<typeof requestsCommand>[3]) =>
      said(requestsCommand([], { out: 'asked.jsonl', model: MODEL, repeats: 1 }, terminal, limits)),
    ingest: async (options: Partial<IngestOptions> = {}) =>
      said(await ingestCommand(['results.jsonl'], { model: MODEL, ...options }, terminal)),
  };
}

const linesOf = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n');

/** Takes a file of requests to the API and brings its results back. */
async function byHand(from: string, to: string, options: ApiOptions = {}): Promise<void> {
  const api = await startApi(options);
  cleanUps.push(() => api.close());
  const { batches } = openClient(TEST_KEY, api.url).messages;
  const requests = linesOf(from).map((line) => JSON.parse(line) as BatchRequest);
  const { id } = await batches.create({ requests });
  await batches.retrieve(id);
  writeFileSync(to, '');
  for await (const result of await batches.results(id)) appendFileSync(to, `${JSON.stringify(result)}\n`);
}

describe('requests that are taken to the API by hand', () => {
  it('are written for their owner alone, answered, taken in once, and then not missing', async () => {
    const project = openProject();
    expect(project.requests()).toMatchObject({
      code: 0,
      out: expect.stringContaining('asked.jsonl: 36 requests'),
    });
    expect(statSync(project.file('asked.jsonl')).mode & 0o777).toBe(0o600);
    await byHand(project.file('asked.jsonl'), project.file('results.jsonl'));
    expect(await project.ingest()).toEqual({ code: 0, out: 'results.jsonl:\n  36 taken into the store\n' });
    expect(await project.ingest()).toEqual({ code: 0, out: 'results.jsonl:\n  36 stored before\n' });
    expect(project.requests().out).toBe('Nothing is missing: no file was written.\n');
  });

  it('are split where one batch could not take them, and leave nothing unfinished', () => {
    const project = openProject();
    const { out } = project.requests({ requests: 16, bytes: 1e9 });
    expect(out).toContain(
      'asked.jsonl.1: 16 requests\nasked.jsonl.2: 16 requests\nasked.jsonl.3: 4 requests\n',
    );
    const files = readdirSync(project.cwd).filter((name) => name.startsWith('asked'));
    expect(files.sort()).toEqual(['asked.jsonl.1', 'asked.jsonl.2', 'asked.jsonl.3']);
    const ids = files.flatMap((name) =>
      linesOf(project.file(name)).map((line) => JSON.parse(line).custom_id),
    );
    expect(new Set(ids).size).toBe(36);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  });

  it('cannot be written into a folder that is not there, or for a model that takes no batches', () => {
    const project = openProject();
    const terminal = { cwd: project.cwd } as Terminal;
    const write = (out: string, model: string) => () =>
      requestsCommand([], { out, model, repeats: 1 }, terminal);
    expect(write('missing/asked.jsonl', MODEL)).toThrow(/missing\/asked.jsonl: cannot be written \(ENOENT\)/);
    expect(write('asked.jsonl', 'embedded')).toThrow(/batches are Anthropic's/);
  });
});

describe('results that come back by hand', () => {
  it('are taken as far as they go: what is doubled, strange, broken or unanswered is told by its line', async () => {
    const project = openProject();
    project.requests();
    const outcome = (_: string, index: number) =>
      index === 0 ? 'errored' : index === 1 ? 'expired' : 'succeeded';
    const order = <T>(results: readonly T[]) => results;
    await byHand(project.file('asked.jsonl'), project.file('results.jsonl'), { batch: { outcome, order } });
    const lines = linesOf(project.file('results.jsonl'));
    const stranger = (lines[2] ?? '').replace(/[0-9a-f]{56}/, '0'.repeat(56));
    const more = [lines[2], stranger, '{"custom_id":"theirs","result":{"type":"canceled"}}', '[]'];
    const half = (lines[3] ?? '').slice(0, 100);
    writeFileSync(project.file('results.jsonl'), [...lines, ...more, half].join('\n'));
    const { code, out } = await project.ingest();
    expect(code).toBe(0);
    expect(out.split('\n').slice(1, -1)).toEqual([
      '  34 taken into the store',
      '  1 skipped: the same id stands on an earlier line (line 37)',
      expect.stringMatching(/^ {2}2 skipped: no such question today; its prompt.*\(lines 38, 39\)$/),
      '  1 skipped: the API gave an error or no usable message (line 1)',
      '  1 skipped: expired before it was asked (line 2)',
      '  2 skipped: not a whole line of the result format (lines 40, 41)',
    ]);
    expect(project.requests().out).toContain('asked.jsonl: 2 requests');
  });

  it('are unknown where the prompt has changed since, and refused from another model', async () => {
    const project = openProject();
    project.requests();
    await byHand(project.file('asked.jsonl'), project.file('results.jsonl'));
    const { code, out } = await project.ingest({ model: 'anthropic:claude-sonnet-5-5' });
    expect(code).toBe(2);
    expect(out).toContain('36 skipped: answered by another model than --model says (lines 1, 2, 3, 4, 5, …)');
    appendFileSync(project.file('prompts/color.md'), '\nThink of the room.\n');
    expect(await project.ingest()).toMatchObject({
      code: 2,
      out: expect.stringContaining('36 skipped: no such'),
    });
  });

  it.each([
    ['an empty file', '', 2],
    ['prose', 'Dear reader,\nnothing here.\n', 2],
    ['requests instead of results', '{"custom_id":"a","params":{}}\n', 2],
  ])('are not to be had from %s', async (_, content, code) => {
    const project = openProject({ 'results.jsonl': content });
    expect((await project.ingest()).code).toBe(code);
  });

  it('must be in a file that can be read', async () => {
    await expect(openProject().ingest()).rejects.toThrow(/results.jsonl: cannot be read/);
    await expect(openProject({ 'results.jsonl/a': '' }).ingest()).rejects.toThrow(/is a folder/);
  });
});
