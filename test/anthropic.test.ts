import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Behaviour } from './anthropic-api/behaviour.ts';
import { startApi, TEST_KEY } from './anthropic-api/start-api.ts';
import { colorProject } from './color-classifier.ts';
import { touchstone } from './command.ts';
import { makeWorkspace } from './workspace.ts';

type Api = Awaited<ReturnType<typeof startApi>>;

const MODEL = 'anthropic:claude-haiku-5-5';
const open: Api[] = [];

async function apiThat(options: Parameters<typeof startApi>[0] = {}): Promise<Api> {
  const api = await startApi(options);
  open.push(api);
  return api;
}

afterEach(async () => {
  for (const api of open.splice(0)) await api.close();
});

function run(cwd: string, api: Api, ...args: string[]) {
  const env = { ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: api.url };
  return touchstone(['run', '--model', MODEL, ...args], { cwd, env });
}

const asked = (api: Api) => api.requests.filter(({ endpoint }) => endpoint === 'messages');

describe('a run with Claude', () => {
  it('says what it will cost, asks each case once, and says what it did cost', async () => {
    const api = await apiThat();
    const cwd = makeWorkspace(colorProject());
    const first = await run(cwd, api);
    expect(first.err).toMatch(
      /^anthropic:claude-haiku-5-5: 36 requests, [\d,]+ to [\d,]+ tokens in, US\$0\.00 to 0\.0\d$/m,
    );
    expect(first.out).toMatch(/[\d,]+ tokens in.*, [\d,]+ out, US\$0\.\d{4}/);
    expect(first.out).toMatch(/accuracy of color at least 0\.8: is 100\.0%/);
    expect(asked(api)).toHaveLength(36);
    const second = await run(cwd, api);
    expect(second.out).toContain('nothing asked');
    expect(asked(api)).toHaveLength(36);
  });

  it('counts what cannot be used, keeps it, and never drops a case', async () => {
    const wrong: Behaviour[] = [
      { kind: 'stop', reason: 'refusal' },
      { kind: 'stop', reason: 'max_tokens' },
      { kind: 'text', text: '{"color": "mauve"}' },
      { kind: 'stop', reason: 'tool_use' },
      { kind: 'stop', reason: 'pause_turn' },
    ];
    const api = await apiThat({ behave: new Map(wrong.map((behaviour, index) => [index + 3, behaviour])) });
    const { out } = await run(makeWorkspace(colorProject()), api);
    expect(out).toContain('without a usable answer, counted as wrong: 2 invalid, 1 refused, 1 failed');
    expect(out).toMatch(/color +36 cases/);
  });

  it('never shows, stores or sends elsewhere the key', async () => {
    const api = await apiThat({ key: 'another-key-than-the-one-given' });
    const cwd = makeWorkspace({ ...colorProject(), '.env': `ANTHROPIC_API_KEY=${TEST_KEY}\n` });
    const { code, out, err } = await touchstone(['run', '--model', MODEL], {
      cwd,
      env: { ANTHROPIC_BASE_URL: api.url },
    });
    expect(code).toBe(3);
    expect(err).toMatch(/key/);
    expect(`${out}${err}`).not.toContain(TEST_KEY);
    const state = path.join(cwd, '.touchstone');
    const files = readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(readFileSync(path.join(file.parentPath, file.name)).includes(TEST_KEY), file.name).toBe(false);
    }
  });

  it('needs a key, and says where to put it', async () => {
    const cwd = makeWorkspace(colorProject());
    const { code, err } = await touchstone(['run', '--model', MODEL], { cwd });
    expect(code).toBe(2);
    expect(err).toMatch(/ANTHROPIC_API_KEY: no key for the API\. Set ANTHROPIC_API_KEY, or write/);
  });

  it('stops before it could spend more than --max-usd, with what was answered kept', async () => {
    const api = await apiThat();
    const cwd = makeWorkspace(colorProject());
    const { code, err } = await run(cwd, api, '--max-usd', '0.0008');
    expect(code).toBe(3);
    expect(err).toMatch(/US\$/);
    const before = asked(api).length;
    expect(before).toBeLessThan(36);
    expect((await run(cwd, api)).out).toMatch(new RegExp(`${36 - before} of 36 asked`));
  });

  it('ends a storm of overload in exit 3, and the same command resumes', async () => {
    let isStormy = true;
    const overloaded: Behaviour = { kind: 'error', status: 529 };
    const api = await apiThat({
      behave: ({ endpoint, number }) =>
        isStormy && endpoint === 'messages' && number > 10 ? overloaded : undefined,
    });
    const cwd = makeWorkspace(colorProject());
    const stormy = await run(cwd, api, '--patience', '2');
    expect(stormy.code).toBe(3);
    expect(stormy.err).toMatch(/kept/);
    isStormy = false;
    const calm = await run(cwd, api);
    expect(calm.code).toBe(0);
    expect(calm.out).toMatch(/ of 36 asked/);
  });
});

describe('a replay', () => {
  it('answers from the committed baseline, with no key and no call', async () => {
    const api = await apiThat();
    const cwd = makeWorkspace(colorProject());
    await run(cwd, api);
    expect((await touchstone(['accept', '--model', MODEL], { cwd })).code).toBe(0);
    const fresh = makeWorkspace(colorProject());
    const baseline = 'suites/baselines/color.anthropic-claude-haiku-5-5.jsonl';
    const elsewhere = makeWorkspace({
      ...colorProject(),
      [baseline]: readFileSync(path.join(cwd, baseline), 'utf8'),
    });
    const replayed = await touchstone(['run', '--model', 'replay'], { cwd: elsewhere });
    expect(replayed.err).toBe('');
    expect(replayed.code).toBe(0);
    expect(replayed.out).toMatch(/^color: held/m);
    const nothing = await touchstone(['run', '--model', 'replay'], { cwd: fresh });
    expect(nothing.code).toBe(2);
    expect(nothing.err).toContain('no model has a baseline here');
  });

  it('names what is missing and why, and ends in exit 3', async () => {
    const cwd = makeWorkspace(colorProject());
    await touchstone(['run'], { cwd });
    await touchstone(['accept'], { cwd });
    const prompt = path.join(cwd, 'prompts', 'color.md');
    writeFileSync(prompt, readFileSync(prompt, 'utf8').replace('crimson', 'ruby'));
    const { code, err } = await touchstone(['run', '--model', 'replay'], { cwd });
    expect(code).toBe(3);
    expect(err).toContain(
      'color: 36 cases without a recorded answer of embedded: 36 because the prompt changed.',
    );
    expect(err).toContain('touchstone run color --model embedded');
  });
});

describe('a run in batches', () => {
  it('asks all that is missing at half the price, and the next run asks nothing', async () => {
    const api = await apiThat({ batch: { polls: 1, order: (results) => results.toReversed() } });
    const cwd = makeWorkspace(colorProject());
    const single = await run(makeWorkspace(colorProject()), api);
    const batched = await run(cwd, api, '--batch');
    expect(batched.err).toMatch(/36 requests/);
    expect(batched.code).toBe(0);
    expect(batched.out).toContain('all asked');
    expect(asked(api)).toHaveLength(36);
    const cost = (out: string) => Number(/US\$(0\.\d{4})$/m.exec(out)?.[1]);
    expect(cost(batched.out)).toBeGreaterThan(0);
    expect(cost(batched.out)).toBeLessThan(cost(single.out) * 0.6);
    expect((await run(cwd, api)).out).toContain('nothing asked');
  });

  it('is not for a model that has none, nor over the budget', async () => {
    const api = await apiThat();
    const cwd = makeWorkspace(colorProject());
    const embedded = await touchstone(['run', '--batch'], { cwd });
    expect(embedded.code).toBe(2);
    expect(embedded.err).toContain("--batch: is for Anthropic's models");
    const dear = await run(cwd, api, '--batch', '--max-usd', '0.0001');
    expect(dear.code).toBe(3);
    expect(dear.err).toMatch(/more than --max-usd 0\.0001\. Nothing was sent/);
    expect(api.batches).toHaveLength(0);
  });
});
