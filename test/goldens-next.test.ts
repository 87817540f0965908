import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startApi, TEST_KEY } from './anthropic-api/start-api.ts';
import { colorProject } from './color-classifier.ts';
import { touchstone } from './command.ts';
import { makeWorkspace } from './workspace.ts';

const SUITE = {
  ...{ name: 'mood', prompt: 'prompts/mood.md', headline: 'feeling.accuracy', rules: [] },
  fields: { feeling: { kind: 'nominal', labels: ['glad', 'sad', 'angry'] } },
};
const front = (question: string) => `---\nmax_tokens: 50\nquestion: ${question}\n---\n`;
const PROMPT = `${front('How does the person feel?')}- \`glad\`: joy, delight, laughter\n- \`sad\`: grief, tears, mourning\n- \`angry\`: rage, fury, shouting\n`;
const OTHER = `${front('And how?')}- \`glad\`: joy, delight, laughter\n- \`sad\`: rage, fury, shouting\n- \`angry\`: grief, tears, mourning\n`;

const talk = (...texts: string[]) =>
  texts.map((content, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content }));
const golden = (index: number) => ({
  ...{ id: `g${index}`, lang: 'en', family: `g${index}`, tags: [] },
  messages: talk(
    `number ${index} was all joy and delight and laughter from beginning to end, and nobody of us who was there will ever forget how we danced and how long`,
  ),
});
const GLAD = (index: number) =>
  talk(`today ${index} brought joy, delight, and laughter to garden number ${index * 7}`);
const SAD = (index: number) =>
  talk(`grief and tears and mourning came over house number ${index} in street ${index * 5}`);
const CORPUS = [
  ...Array.from({ length: 40 }, (_, index) => ({ id: `glad${index}`, messages: GLAD(index) })),
  ...Array.from({ length: 4 }, (_, index) => ({ id: `sad${index}`, lang: 'en', messages: SAD(index) })),
];

function nextProject(corpus: unknown[], files: Record<string, unknown> = {}): string {
  return makeWorkspace({
    'suites/mood.yaml': SUITE,
    'prompts/mood.md': PROMPT,
    'goldens/conversations.jsonl': Array.from({ length: 30 }, (_, index) => golden(index)),
    'goldens/labels/mood.jsonl': Array.from({ length: 30 }, (_, index) => ({
      id: `g${index}`,
      feeling: 'glad',
    })),
    'corpus.jsonl': corpus,
    ...files,
  });
}

const linesOf = (cwd: string, name: string) =>
  readFileSync(path.join(cwd, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('touchstone goldens next', () => {
  let cwd = '';
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));
  const next = (...args: string[]) =>
    touchstone(['goldens', 'next', '--from', 'corpus.jsonl', ...args], { cwd });

  it('chooses what is predicted to be rare, and writes what goldens add takes', async () => {
    cwd = nextProject(CORPUS);
    const { code, out, err } = await next('--n', '4');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('44 records, 44 candidates');
    expect(out).toContain('one run differs from nobody');
    expect(out).toContain('mood feeling sad');
    expect(out).toContain('predicted mood.feeling: sad (0 labels)');
    expect(out).not.toContain('mourning');
    expect(out).toContain('touchstone goldens add next.jsonl\n  touchstone goldens label --as NAME');
    const lines = linesOf(cwd, 'next.jsonl');
    expect(lines.map(({ id }) => id).toSorted()).toEqual(['sad0', 'sad1', 'sad2', 'sad3']);
    expect(lines.find(({ id }) => id === 'sad2')).toEqual({
      ...{ id: 'sad2', lang: 'en', tags: [], messages: SAD(2), why: expect.stringContaining('sad') },
    });

    const added = await touchstone(['goldens', 'add', 'next.jsonl'], { cwd });
    expect({ code: added.code, err: added.err }).toEqual({ code: 0, err: '' });
    expect(linesOf(cwd, 'goldens/conversations.jsonl')).toHaveLength(34);
    const again = JSON.parse((await next('--n', '2', '--json')).out);
    expect(again).toMatchObject({
      touchstone: 'goldens-next',
      version: 1,
      likeGolden: 4,
      candidates: 40,
      asked: 0,
    });
  });

  it('chooses the same of the same records in another order, of a sample too', async () => {
    cwd = nextProject(CORPUS, { 'turned.jsonl': CORPUS.toReversed() });
    for (const limit of ['5000', '12']) {
      const args = ['--n', '6', '--limit', limit];
      await next(...args);
      const first = readFileSync(path.join(cwd, 'next.jsonl'), 'utf8');
      await touchstone(['goldens', 'next', '--from', 'turned.jsonl', '--out', 'b.jsonl', ...args], { cwd });
      expect(readFileSync(path.join(cwd, 'b.jsonl'), 'utf8')).toBe(first);
      const ids = linesOf(cwd, 'next.jsonl').map(({ id }) => id);
      expect(new Set(ids).size).toBe(6);
    }
    const sampled = JSON.parse((await next('--n', '6', '--limit', '12', '--json')).out);
    expect(sampled).toMatchObject({ candidates: 12, notDrawn: 32, asked: 0 });
  });

  it('counts where prompts disagree', async () => {
    cwd = nextProject(CORPUS, { 'other.md': OTHER });
    const { out } = await next('mood', '--n', '3', '--prompt', 'prompts/mood.md', 'other.md');
    expect(out).toContain('2 runs, 88 answers asked just now');
    expect(out).toContain('runs differ on mood.feeling (sad 1, angry 1)');
    expect(linesOf(cwd, 'next.jsonl').every(({ id }) => id.startsWith('sad'))).toBe(true);
  });

  it('leaves out what the goldens have nearly, repeats, and what cannot be a golden', async () => {
    const twice = { id: 'again', messages: GLAD(0) };
    const like = { id: 'like', messages: talk(`${golden(3).messages[0]?.content} and sang`) };
    const doubled = { id: 'doubled', messages: [...talk('one'), ...talk('two')] };
    cwd = nextProject([...CORPUS, like, twice, doubled]);
    const { code, err, out } = await next('--json');
    expect(code).toBe(0);
    expect(err).toContain(
      '1 record of 47 cannot be goldens; .touchstone/label/next-bad-records.jsonl names each',
    );
    expect(linesOf(cwd, '.touchstone/label/next-bad-records.jsonl')).toMatchObject([
      { file: 'corpus.jsonl', line: 47 },
    ]);
    expect(JSON.parse(out)).toMatchObject({ likeGolden: 1, notDrawn: 1, candidates: 44, bad: 1 });
    const ids = linesOf(cwd, 'next.jsonl').map(({ id }) => id);
    expect(ids).toHaveLength(44);
    expect(ids).not.toContain('like');
  });

  it('refuses too many bad records, another file in its way, and all that is wrong at once', async () => {
    cwd = nextProject([...CORPUS, ...Array.from({ length: 9 }, () => 'no record')]);
    const bad = await next();
    expect(bad.code).toBe(2);
    expect(bad.err).toContain('17.0% of the records cannot be goldens; --max-bad is 5.0%');
    expect((await next('--max-bad', '0.3')).code).toBe(0);
    writeFileSync(path.join(cwd, 'mine.jsonl'), '{"id":"precious"}\n');
    const wrong = ['--out', 'mine.jsonl', '--map', 'nonsense', '--model', 'replay:embedded'];
    const { code, err } = await next(...wrong);
    expect(code).toBe(2);
    expect(err).toContain('mine.jsonl: is there, and is no batch of this program');
    expect(err).toContain('--map: unknown part "nonsense"');
    expect(err).toContain('--model: replay has no answers about a corpus');
    expect(readFileSync(path.join(cwd, 'mine.jsonl'), 'utf8')).toBe('{"id":"precious"}\n');
    expect((await touchstone(['goldens', 'next', '--help'], { cwd })).out).toContain('Examples:');
  });

  it('needs no label to begin with', async () => {
    cwd = nextProject(CORPUS, {
      'goldens/labels/mood.jsonl': '',
      'goldens/open/mood.jsonl': Array.from({ length: 30 }, (_, index) => ({ id: `g${index}` })),
    });
    expect((await next('--n', '2')).code).toBe(0);
    expect(linesOf(cwd, 'next.jsonl')).toHaveLength(2);
  });

  it('says what paid models will cost, keeps to --max-usd, and asks nothing twice', async () => {
    const api = await startApi();
    try {
      const corpus = Array.from({ length: 12 }, (_, index) => ({
        messages: talk(
          `room ${index * 31} is to be ${index % 2 === 0 ? 'crimson' : 'azure'}, and door ${index} too`,
        ),
      }));
      cwd = makeWorkspace({ ...colorProject(), 'corpus.jsonl': corpus });
      const env = { ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: api.url };
      const args = ['goldens', 'next', '--from', 'corpus.jsonl', '--n', '3', '--json'];
      const ask = (...more: string[]) =>
        touchstone([...args, '--model', 'embedded', 'anthropic:claude-haiku-5-5', ...more], { cwd, env });
      const asked = () => api.requests.filter(({ endpoint }) => endpoint === 'messages').length;
      const poor = await ask('--max-usd', '0.0004');
      expect(poor.code).toBe(3);
      expect(poor.err).toMatch(/^anthropic:claude-haiku-5-5: 12 requests, .*US\$/m);
      expect(asked()).toBeLessThan(12);
      const rest = await ask();
      expect(rest.code).toBe(0);
      expect(JSON.parse(rest.out)).toMatchObject({ runs: 2, failed: 0, usd: expect.any(Number) });
      expect(asked()).toBe(12);
      expect(JSON.parse((await ask()).out)).toMatchObject({ asked: 0, usd: 0 });
      expect(asked()).toBe(12);
    } finally {
      await api.close();
    }
  });
});
