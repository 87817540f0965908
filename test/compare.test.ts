import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { costOf } from '../src/cost/cost-of.ts';
import { loadPrices } from '../src/cost/load-prices.ts';
import { startApi, TEST_KEY } from './anthropic-api/start-api.ts';
import { colorProject } from './color-classifier.ts';
import { touchstone } from './command.ts';
import { makeWorkspace } from './workspace.ts';

type Api = Awaited<ReturnType<typeof startApi>>;

const CHEAP = 'anthropic:claude-haiku-5-5';
const DEAR = 'anthropic:claude-opus-5-5';
const CASES = 36;
const open: Api[] = [];

afterEach(async () => {
  for (const api of open.splice(0)) await api.close();
});

async function apiThat(options: Parameters<typeof startApi>[0] = {}): Promise<Api> {
  const api = await startApi(options);
  open.push(api);
  return api;
}

/** The colour project with a longer prompt that is as good, and one whose words for blue are gone. */
function project(): string {
  const files = colorProject();
  const prompt = String(files['prompts/color.md']);
  return makeWorkspace({
    ...files,
    'prompts/longer.md': `${prompt}${'Take your time and read every message of the person twice. '.repeat(20)}\n`,
    'prompts/broken.md': prompt.replace('navy, azure, the deep ocean, a clear sky', 'the other one'),
  });
}

const compare = (cwd: string, args: string[], api?: Api) =>
  touchstone(['compare', ...args], {
    cwd,
    ...(api === undefined ? {} : { env: { ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: api.url } }),
  });

const asked = (api: Api) => api.requests.filter(({ endpoint }) => endpoint === 'messages');
const both = ['prompts/color.md', 'prompts/longer.md', '--model', CHEAP, '--model', DEAR, '--margin', '0.2'];

describe('touchstone compare', () => {
  it('shows a broken prompt worse and chooses another; as text, Markdown and JSON; without a run record', async () => {
    const cwd = project();
    const prompts = ['prompts/broken.md', 'prompts/color.md', 'prompts/longer.md', '--margin', '0.2'];
    const { code, out, err } = await compare(cwd, prompts);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}#2 - #1 +\+33\.3 points +\(.*\) +#2 better$/m);
    expect(out).toMatch(/^Choose #2: prompts\/color\.md with embedded\.$/m);
    expect(out).toContain('embedded is a floor, not a judge');
    expect(existsSync(path.join(cwd, '.touchstone', 'runs'))).toBe(false);
    const markdown = await compare(cwd, [...prompts, '--format', 'markdown']);
    expect(markdown.out).toMatch(/^\| 3 \| <code>prompts\/longer\.md<\/code> \| <code>embedded<\/code> \| /m);
    const json = JSON.parse((await compare(cwd, [...prompts, '--json'])).out);
    expect(json).toMatchObject({ touchstone: 'comparison', version: 1, suite: 'color', cases: CASES });
    expect(json.cells.map((cell: { standing: string }) => cell.standing)).toEqual([
      'breaks-rule',
      'fit',
      'fit',
    ]);
    expect(json.choice.cell).toBe(2);
    expect(json.pairs).toHaveLength(6);
  });

  it('chooses the cheap model that is as good, tells cost once for all, and asks nothing twice', async () => {
    const api = await apiThat();
    const cwd = project();
    const first = await compare(cwd, both, api);
    expect(first.code).toBe(0);
    expect(first.err).toMatch(/^prompts\/longer\.md with anthropic:claude-opus-5-5: 36 requests, .*US\$/m);
    expect(first.err).toMatch(
      /^together: 144 requests, [\d,]+ to [\d,]+ tokens in, US\$0\.\d\d to \d\.\d\d$/m,
    );
    expect(first.out).toMatch(/cost of 1,000 conversations +US\$0\.\d{4} +US\$\d\.\d\d$/m);
    expect(first.out).toMatch(/latency, median and p95 +\d.*s, \d.*s +\d.*s, \d.*s$/m);
    expect(first.out).toMatch(/^Choose #1: prompts\/color\.md with anthropic:claude-haiku-5-5\.$/m);
    expect(asked(api)).toHaveLength(4 * CASES);
    const calls = api.requests.length;
    const second = await compare(cwd, both, api);
    expect(second.err).toBe('');
    expect(second.out).toBe(first.out);
    expect(api.requests).toHaveLength(calls);
  });

  it('says without a key what it would ask and about what that costs, and asks nothing', async () => {
    const cwd = project();
    const args = [
      'prompts/color.md',
      'prompts/longer.md',
      '--model',
      'embedded',
      '--model',
      DEAR,
      '--dry-run',
    ];
    const { out, code } = await touchstone(['compare', ...args], { cwd });
    expect(code).toBe(0);
    const [free, paid, , dearer, ...more] = out.trimEnd().split('\n');
    expect(more).toEqual([]);
    expect(free).toBe(`prompts/color.md with embedded: ${CASES} requests, free`);
    const figures =
      /with anthropic:claude-opus-5-5, estimated offline: 36 requests, ([\d,]+) to [\d,]+ tokens in, US\$\d+\.\d\d to \d+\.\d\d$/;
    const tokens = [paid, dearer].map((line = '') => Number(figures.exec(line)?.[1]?.replaceAll(',', '')));
    expect(tokens[0]).toBeLessThan(tokens[1] ?? 0);
    const asked = await touchstone(['compare', ...args.slice(0, 2), '--dry-run'], { cwd });
    expect(asked.out).toBe(
      'prompts/color.md with embedded: 36 requests, free\nprompts/longer.md with embedded: 36 requests, free\n',
    );
  });

  it('keeps --max-usd over all cells, and the same command with more goes on from there', async () => {
    const api = await apiThat();
    const cwd = project();
    const models = [DEAR, 'anthropic:claude-opus-5'];
    const args = ['prompts/color.md', ...models.flatMap((model) => ['--model', model])];
    const spent = () =>
      asked(api).reduce((sum, { body, usage }) => {
        const name = String(Reflect.get(Object(body), 'model'));
        const price = loadPrices(cwd, null).models[name];
        if (price === undefined || usage === null) return sum;
        const tokens = { input_tokens: usage.input, output_tokens: usage.output };
        const cached = { cache_write_tokens: usage.written, cache_read_tokens: usage.read };
        return sum + costOf({ ...tokens, ...cached }, price);
      }, 0);
    const stopped = await compare(cwd, [...args, '--max-usd', '0.07'], api);
    expect(stopped.code).toBe(3);
    expect(stopped.err).toContain('--max-usd 0.07 is left');
    expect(asked(api).length).toBeGreaterThan(CASES);
    expect(asked(api).length).toBeLessThan(2 * CASES);
    expect(spent()).toBeLessThanOrEqual(0.07);
    expect((await compare(cwd, args, api)).code).toBe(0);
    expect(asked(api)).toHaveLength(2 * CASES);
    expect(spent()).toBeGreaterThan(0.07);
  });

  it('asks in batches what has batches, says that such answers have no latency, and replays them', async () => {
    const api = await apiThat({ batch: { polls: 1, order: (results) => results.toReversed() } });
    const cwd = project();
    const { code, out } = await compare(cwd, ['--model', 'embedded', '--model', CHEAP, '--batch'], api);
    expect(code).toBe(0);
    expect(asked(api)).toHaveLength(0);
    expect(api.batches).not.toHaveLength(0);
    expect(out).toMatch(/latency, median and p95 .* n\/a$/m);
    expect(out).toContain('#2: 36 of 36 answers came in batches');
    const replayed = await compare(cwd, ['--model', 'embedded', '--model', `replay:${CHEAP}`]);
    expect(replayed.err).toBe('');
    expect(replayed.out).toBe(out);
    const none = await compare(cwd, ['prompts/color.md', 'prompts/longer.md', '--batch']);
    expect(none.code).toBe(2);
    expect(none.err).toContain("--batch: is for Anthropic's models");
  });
});

describe('what is wrong with a comparison', () => {
  it('is all told at once, before anything is asked', async () => {
    const cwd = project();
    writeFileSync(path.join(cwd, 'prompts', 'longer.md'), '---\nmax_tokens: many\n---\nNo question.\n');
    const args = ['prompts/color.md', './prompts/color.md', 'prompts/longer.md', 'prompts/nowhere.md'];
    const models = ['--model', CHEAP, '--model', 'nothing', '--model', 'embedded'];
    const { code, err } = await compare(cwd, [
      ...args,
      ...models,
      '--metric',
      'color.speed',
      '--filter',
      'mood:x',
    ]);
    expect(code).toBe(2);
    expect(err).toContain('./prompts/color.md: is given twice');
    expect(err).toMatch(/^prompts\/longer\.md:2: max_tokens/m);
    expect(err).toMatch(/^prompts\/nowhere\.md: /m);
    expect(err).toContain('--model: no model "nothing"');
    expect(err).toContain('ANTHROPIC_API_KEY: no key for the API');
    expect(err).toContain('--metric: color, a nominal field, has no metric "speed"');
    expect(err.match(/--filter/g)).toHaveLength(1);
    expect(existsSync(path.join(cwd, '.touchstone', 'store.sqlite'))).toBe(false);
  });

  it('is a single cell, a model given twice, a margin in points', async () => {
    const { code, err } = await compare(project(), ['prompts/color.md', '--margin', '3']);
    expect(code).toBe(2);
    expect(err).toContain('one prompt with one model is nothing to compare');
    expect(err).toContain('Write 3 points as 0.03');
    const twice = await compare(project(), ['--model', 'embedded', '--model', 'embedded']);
    expect(twice.err).toContain('--model: embedded is given twice');
  });

  it('is a suite that is not clear, and the error names those there are', async () => {
    const cwd = project();
    const suite = readFileSync(path.join(cwd, 'suites', 'color.yaml'), 'utf8');
    const other = suite.replace('name: color', 'name: hue\nlabels: color').replace('color.md', 'broken.md');
    writeFileSync(path.join(cwd, 'suites', 'hue.yaml'), other);
    const unclear = await compare(cwd, ['prompts/longer.md', '--model', 'embedded']);
    expect(unclear.code).toBe(2);
    expect(unclear.err).toMatch(/--suite: it is not clear which suite is meant\. .*color.*hue/);
    const two = await compare(cwd, ['prompts/color.md', 'prompts/broken.md']);
    expect(two.err).toContain('prompts of 2 suites are given');
    const named = await compare(cwd, [
      'prompts/color.md',
      'prompts/broken.md',
      '--suite',
      'hue',
      '--limit',
      '6',
    ]);
    expect(named.out).toMatch(/^hue {2}2 cells, 6 cases$/m);
  });

  it('is explained by --help, with examples', async () => {
    const { code, out } = await compare(project(), ['--help']);
    expect(code).toBe(0);
    expect(out).toContain('Examples:');
    expect(out).toContain('What is chosen:');
  });
});
