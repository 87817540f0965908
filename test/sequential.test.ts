import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inventGoldens, SYSTEM_TEXT } from '../bench/invented-project.ts';
import type { RunRecord } from '../src/schema/run-record.ts';
import { startApi, TEST_KEY } from './anthropic-api/start-api.ts';
import { touchstone } from './command.ts';
import { killAndResume, lastingPart } from './killed-run.ts';
import { makeWorkspace } from './workspace.ts';

const CASES = 240;
const PROMPT = `---\nmax_tokens: 200\nquestion: Which color does the person want? Answer with \`color\`.\n---\n${SYSTEM_TEXT.replace('emerald', 'chartreuse, emerald')}`;
/** What is red is called blue, and the other way round. */
const BROKEN = PROMPT.replace('`red`:', '`other`:')
  .replace('`blue`:', '`red`:')
  .replace('`other`:', '`blue`:');
/** One word is forgotten, which one golden alone has. */
const FORGETFUL = PROMPT.replace('chartreuse, emerald', 'emerald');

/** 240 goldens, each a family of its own; the last, alone in its word, is critical. */
function sequentialProject(): string {
  const goldens = inventGoldens(CASES - 1);
  const critical = { id: 'critical', color: 'green', text: 'Something chartreuse, please.' };
  const all = [...goldens, critical].map((golden) => ({
    ...golden,
    tags: golden === critical ? ['critical'] : [],
  }));
  return makeWorkspace({
    'prompts/color.md': PROMPT,
    'suites/color.yaml': [
      'name: color',
      'prompt: prompts/color.md',
      'fields:',
      '  color: { kind: nominal, labels: [red, blue, green] }',
      'headline: color.accuracy',
      'rules:',
      '  - { rule: no_worse_than_baseline, metric: color.accuracy, margin: 0.05, alpha: 0.05 }',
      '  - { rule: must_pass, where: { tag: critical } }',
      '  - { rule: budget, max_invalid: 0.02 }',
      '',
    ].join('\n'),
    'goldens/conversations.jsonl': all.map(({ id, text, tags }) => ({
      ...{ id, lang: 'en', family: id, tags },
      messages: [{ role: 'user', content: text }],
    })),
    'goldens/labels/color.jsonl': all.map(({ id, color }) => ({ id, color, votes: [] })),
  });
}

async function acceptedProject(model = 'embedded', env: Record<string, string> = {}): Promise<string> {
  const cwd = sequentialProject();
  await touchstone(['run', '--no-report', '--model', model, '--confirm-above', '100'], { cwd, env });
  expect((await touchstone(['accept', '--model', model], { cwd, env })).code).toBe(0);
  return cwd;
}

/** A copy of a project with another wording of its prompt. */
function withPrompt(project: string, prompt: string): string {
  const root = mkdtempSync(path.join(tmpdir(), 'touchstone-'));
  cpSync(project, root, { recursive: true });
  writeFileSync(path.join(root, 'prompts/color.md'), prompt);
  return root;
}

function recordOf(out: string): RunRecord {
  return JSON.parse(out);
}

describe('touchstone run --sequential', { timeout: 60_000 }, () => {
  const accepted = acceptedProject();

  it('stops early on a broken prompt, closes the gate and says what it saved', async () => {
    const cwd = withPrompt(await accepted, BROKEN);
    const { code, out, err } = await touchstone(['run', '--sequential', '--concurrency', '1'], { cwd });
    expect(code).toBe(1);
    const [, cases] = /stopped after (\d+) of 240 cases, decided by a sequential test/.exec(out) ?? [];
    expect(Number(cases)).toBeLessThan(CASES / 4);
    expect(out).toMatch(/^ {2}regressed accuracy of color no worse than the baseline: fell by/m);
    expect(out.replace(/\s+/g, ' ')).toContain('; the run stopped when the gate was lost');
    expect(err).toMatch(new RegExp(`^color: ${cases} of 240 questions asked, \\d\\d% saved$`, 'm'));
    const page = readFileSync(path.join(cwd, '.touchstone/report/index.html'), 'utf8');
    expect(page).toContain(`This run stopped after ${cases} of 240 cases`);
  });

  it('holds an unchanged prompt before all is asked, and its run is no baseline', async () => {
    const cwd = withPrompt(await accepted, PROMPT.replace('Label the color', 'Label which color'));
    const { code, out } = await touchstone(['run', '--sequential', '--json'], { cwd });
    expect(code).toBe(0);
    const run = recordOf(out);
    expect(run.planned).toBe(CASES);
    expect(run.cases.length).toBeLessThan(CASES);
    expect(run.cases.map(({ id }) => id)).toEqual(run.cases.map(({ id }) => id).toSorted());
    // The critical case is asked in any case.
    expect(run.cases.map(({ id }) => id)).toContain('critical');
    const refused = await touchstone(['accept'], { cwd });
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(
      /the last run stopped after \d+ of 240 cases, .* so it is not whole\. Type touchstone run color/,
    );
    expect((await touchstone(['run', '--no-report'], { cwd })).out).toContain(' of 240 asked');
    expect((await touchstone(['accept'], { cwd })).code).toBe(0);
  });

  it('comes to the same end whatever is asked at once and whatever was recorded before', async () => {
    const [cwd, other] = [withPrompt(await accepted, BROKEN), withPrompt(await accepted, BROKEN)];
    const one = ['run', '--sequential', '--seed', '7', '--json', '--concurrency'];
    await touchstone(['run', '--limit', '100', '--no-report'], { cwd: other });
    const runs = [
      await touchstone([...one, '1'], { cwd }),
      await touchstone([...one, '1'], { cwd }),
      await touchstone([...one, '32'], { cwd: other }),
    ];
    expect(runs.map(({ code }) => code)).toEqual([1, 1, 1]);
    const [first, again, elsewhere] = runs.map(({ out }) => lastingPart(out));
    expect(again).toEqual(first);
    expect(elsewhere).toEqual(first);
    expect(recordOf(runs[1]?.out ?? '').asked).toBe(0);
  });

  it('asks the cases that must pass after the rest is decided, and closes the gate on one that broke', async () => {
    const cwd = withPrompt(await accepted, FORGETFUL);
    const { code, out } = await touchstone(['run', '--sequential', '--no-report'], { cwd });
    expect(out).toMatch(/^ {2}held {6}accuracy of color no worse/m);
    expect(out).toMatch(/^ {2}regressed every case of tag:critical right: 1 of 1 wrong: critical/m);
    expect(code).toBe(1);
  });

  it('is killed and goes on as if nothing had happened', async () => {
    const api = await startApi({ latency: 10 });
    try {
      const env = { ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: api.url };
      const model = 'anthropic:claude-haiku-5-5';
      const project = await acceptedProject(model, env);
      const [cwd, undisturbed] = [withPrompt(project, BROKEN), withPrompt(project, BROKEN)];
      const args = ['run', '--sequential', '--model', model, '--concurrency', '2', '--json'];
      const whole = await touchstone(args, { cwd: undisturbed, env });
      const killed = await killAndResume([{ requests: 4, milliseconds: 5 }], { args, cwd, env }, api, 2);
      expect(killed.kills).toBe(1);
      expect(killed.result.code).toBe(1);
      expect(lastingPart(killed.result.out)).toEqual(lastingPart(whole.out));
      expect(killed.paidAgainForNothing).toBe(0);
    } finally {
      await api.close();
    }
  });

  it('refuses what it cannot decide, all at once', async () => {
    const cwd = sequentialProject();
    const { code, err } = await touchstone(['run', '--sequential', '--model', 'replay:embedded'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('--sequential: saves nothing with --model replay');
    expect(err).toContain('needs a baseline to decide against, and color has none');
    const seed = await touchstone(['run', '--seed', '3'], { cwd });
    expect(seed).toMatchObject({ code: 2, out: '' });
    expect(seed.err).toContain('--seed: is of the order of a sequential run');
    const batch = await touchstone(
      ['run', '--sequential', '--batch', '--model', 'anthropic:claude-haiku-5-5'],
      { cwd },
    );
    expect(batch.code).toBe(2);
    expect(batch.err).toContain('does not go with --batch');
  });
});
