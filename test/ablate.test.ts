import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { TEST_KEY } from './anthropic-api/start-api.ts';
import { closeAll, MODEL, openApi } from './batch-run.ts';
import { colorProject } from './color-classifier.ts';
import { touchstone } from './command.ts';
import { makeWorkspace, REPOSITORY } from './workspace.ts';

afterEach(closeAll);

/** Its labels matter, its first section is nothing to the embedded model, and its example shows the sea as red. */
const PROMPT = `---
max_tokens: 200
question: Which color does the person want? Answer with \`color\`.
---
Label the color that the person wants, from the person's own messages.

## Manner

Be careful and consistent throughout.

## Field \`color\`

- \`red\`: crimson, scarlet, like a fire engine, a ripe tomato, blood, cherries
- \`blue\`: navy, azure, the deep ocean, a clear sky
- \`green\`: emerald, olive, leafy, moss, grass, a meadow

## Examples

<example>
<conversation>Make it the navy of a deep ocean, azure like a clear sky in summer.</conversation>
<answer>{"color": "red"}</answer>
</example>
`;

const project = (prompt = PROMPT) => makeWorkspace({ ...colorProject(), 'prompts/color.md': prompt });
const MANNER = 'section Manner';
const EXAMPLE = 'example Make it the navy of a';

interface Found {
  parts: { part: { name: string; lines: { first: number; last: number } }; ruling: string; tokens: number }[];
  tokens: { total: number; isCounted: boolean };
  asked: number;
}

const rulings = ({ parts }: Found) =>
  Object.fromEntries(parts.map(({ part, ruling }) => [part.name, ruling]));

describe('touchstone ablate, offline', () => {
  it('says which parts earn their tokens, which harm, and which change nothing', async () => {
    const cwd = project();
    const { code, out, err } = await touchstone(['ablate'], { cwd });
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^color {2}embedded, 36 cases, 7 parts of prompts\/color\.md, 288 questions asked$/m);
    expect(out).toMatch(/^example Make it the navy of a +17-22 +\d+ +\+33\.3 \(.*\) \* +-0 \+12 +harms$/m);
    expect(out).toMatch(/^label red +13 +\d+ +-\d.*\* +-12 \+0 +earns$/m);
    expect(out).toMatch(
      /color: 3 parts \(about \d+ tokens of \d+\) change nothing: paragraph .*;\nsection Manner; label blue\.$/m,
    );
    expect(out).toContain('embedded is a floor');
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
    expect(out).not.toContain('\u001b');
  });

  it('asks nothing the second time, and gives all of it to a program', async () => {
    const cwd = project();
    const [first, second] = [
      await touchstone(['ablate', 'color', '--json'], { cwd }),
      await touchstone(['ablate', 'color', '--json'], { cwd }),
    ];
    const found: Found & object = JSON.parse(first.out);
    expect(found).toMatchObject({ touchstone: 'ablation', version: 1, suite: 'color', asked: 288 });
    expect(found.parts.at(-1)?.part).toEqual({
      name: EXAMPLE,
      kind: 'example',
      lines: { first: 17, last: 22 },
    });
    expect(rulings(found)).toMatchObject({ [EXAMPLE]: 'harms', [MANNER]: 'changes nothing' });
    expect(JSON.parse(second.out)).toEqual({ ...found, asked: 0 });
  });

  it('takes out only the parts that are named, and names them', async () => {
    const cwd = project();
    const help = await touchstone(['ablate', '--help'], { cwd });
    expect([help.code, help.out]).toEqual([0, expect.stringContaining('touchstone ablate sentiment --list')]);
    const listed = await touchstone(['ablate', '--list'], { cwd });
    expect(listed.out).toMatch(/^section Field color +11-15$/m);
    const one = await touchstone(
      [
        'ablate',
        '--part',
        'SECTION manner',
        '--part',
        'label red',
        '--json',
        '--limit',
        '9',
        '--filter',
        'tag:even',
      ],
      { cwd },
    );
    const found = JSON.parse(one.out);
    expect(found.parts.map(({ part }: Found['parts'][number]) => part.name).sort()).toEqual([
      'label red',
      MANNER,
    ]);
    expect(found).toMatchObject({ cases: 9, selection: 'tag:even, first 9', asked: 27 });
    const kinds = await touchstone(['ablate', '--parts', 'examples,sections', '--json'], { cwd });
    expect(Object.keys(rulings(JSON.parse(kinds.out))).sort()).toEqual([
      EXAMPLE,
      'section Field color',
      MANNER,
    ]);
  });

  const REFUSED: [string, RegExp][] = [
    ['--part=label rod', /^--part: no part is called "label rod"\. Did you mean "label red"\?/m],
    ['--parts=lables', /^--parts: no kind of part is called "lables"\. Did you mean "labels"\?/m],
    ['--model=replay', /^--model: replay has no answers to new prompts/m],
    ['--batch', /^--batch: is for Anthropic's models/m],
    ['colour', /no suite is called "colour"/],
    ['--parts=rules', /^prompts\/color\.md: the prompt has no such part/m],
  ];

  it('refuses parts, models and suites that there are not, and says what there is', async () => {
    const cwd = project();
    await Promise.all(
      REFUSED.map(async ([argument, message]) => {
        const { code, err, out } = await touchstone(['ablate', argument], { cwd });
        expect([code, out]).toEqual([2, '']);
        expect(err).toMatch(message);
      }),
    );
  });

  it('refuses a suite whose prompt is missing, or cannot be taken apart', async () => {
    const files = colorProject();
    const gone = await touchstone(['ablate'], {
      cwd: makeWorkspace({
        ...files,
        'suites/color.yaml': String(files['suites/color.yaml']).replace('color.md', 'gone.md'),
      }),
    });
    expect(gone.code).toBe(2);
    expect(gone.err).toMatch(/^prompts\/gone\.md: /m);
    const whole = await touchstone(['ablate'], {
      cwd: project(`${PROMPT.split('---\n').slice(0, 2).join('---\n')}---\nLabel it.\n`),
    });
    expect(whole.code).toBe(2);
    expect(whole.err).toContain('prompts/color.md: the prompt has no part that could be taken out');
  });
});

describe('touchstone ablate, with a model that is paid', () => {
  const model = ['--model', `anthropic:${MODEL}`];
  const envOf = ({ url }: { url: string }) => ({ ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: url });

  it('counts tokens through the API, and finds what the embedded model finds', async () => {
    const api = await openApi();
    const args = ['ablate', ...model, '--json', '--parts', 'sections,examples'];
    const { code, out, err } = await touchstone(args, { cwd: project(), env: envOf(api) });
    expect(code).toBe(0);
    expect(err).toMatch(/3 parts of 1 prompt in turn: 144 requests, .*US\$/);
    const found: Found = JSON.parse(out);
    expect(rulings(found)).toMatchObject({ [EXAMPLE]: 'harms', [MANNER]: 'changes nothing' });
    expect(found.tokens.isCounted).toBe(true);
    const sum = found.parts.reduce((total, { tokens }) => total + tokens, 0);
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThan(found.tokens.total);
  });

  it('says without a key what it would ask and about what that costs, and asks nothing', async () => {
    const args = ['ablate', ...model, '--dry-run', '--parts', 'sections,examples'];
    const { code, out } = await touchstone(args, { cwd: project() });
    expect(code).toBe(0);
    expect(out).toMatch(
      /^prompts\/color\.md without 3 parts in turn, with anthropic:\S+, estimated offline: 144 requests, [\d,]+ to [\d,]+ tokens in, US\$\d+\.\d\d to \d+\.\d\d\n$/,
    );
  });

  it('asks in batches; stopped, it says so, and the same command asks only what is missing', async () => {
    const cwd = project();
    let child: ChildProcess | null = null;
    const api = await openApi({
      batch: { polls: 1_000 },
      behave: ({ method, path: url }) => {
        if (method === 'GET' && url.includes('/batches/')) child?.kill('SIGINT');
        return undefined;
      },
    });
    const env = envOf(api);
    const args = ['ablate', ...model, '--batch', '--json'];
    const narrow = [...args, '--part', MANNER];
    child = spawn(process.execPath, [path.join(REPOSITORY, 'bin', 'touchstone.js'), ...narrow], {
      cwd,
      env: { PATH: process.env.PATH, HOME: cwd, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const stopped = child;
    expect(await new Promise((resolve) => stopped.on('close', resolve))).toBe(3);
    expect(said).toContain('The same command');
    child = null;
    expect(api.batches.map(({ requests }) => requests.length)).toEqual([72]);
    for (const batch of api.batches) batch.pollsLeft = 0;

    const resumed = await touchstone(narrow, { cwd, env });
    expect(resumed.code).toBe(0);
    expect(rulings(JSON.parse(resumed.out))).toEqual({ [MANNER]: 'changes nothing' });
    expect(api.batches).toHaveLength(1);

    const wider = touchstone([...narrow, '--part', EXAMPLE], { cwd, env });
    await expect.poll(() => api.batches.length, { timeout: 15_000, interval: 20 }).toBe(2);
    for (const batch of api.batches) batch.pollsLeft = 0;
    expect(rulings(JSON.parse((await wider).out))).toMatchObject({ [EXAMPLE]: 'harms' });
    expect(api.batches.map(({ requests }) => requests.length)).toEqual([36, 72]);
    const sent = api.batches.flatMap(({ requests }) => requests.map(({ custom_id }) => custom_id));
    expect(new Set(sent).size).toBe(sent.length);
  }, 60_000);

  it('sends nothing that may cost more than it may', async () => {
    const api = await openApi();
    const args = ['ablate', ...model, '--batch', '--max-usd', '0.0001'];
    const { code, err } = await touchstone(args, { cwd: project(), env: envOf(api) });
    expect(code).toBe(3);
    expect(err).toMatch(/more than --max-usd 0\.0001\. Nothing was sent/);
    expect(api.batches).toHaveLength(0);
  });
});
