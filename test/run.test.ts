import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { touchstone } from './command.ts';
import { copyShippedProject } from './workspace.ts';

const SUITES = ['affective', 'pushback', 'sentiment'];

describe('touchstone run, on the shipped project', () => {
  const cwd = copyShippedProject();

  it('runs three suites and holds the gate, with a matrix and a verdict for each', async () => {
    const { code, out, err } = await touchstone(['run'], { cwd });
    expect(err).toBe('');
    expect(code).toBe(0);
    for (const suite of SUITES) expect(out).toMatch(new RegExp(`^${suite}: (held|undecided)`, 'm'));
    expect(out.match(/expected \\ given/g)?.length).toBeGreaterThanOrEqual(3);
    const sentence = new RegExp(`^(${SUITES.join('|')}): `);
    const lines = out.split('\n').filter((line) => !sentence.test(line));
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(out).not.toContain('\u001b');
  });

  it('asks nothing the second time, and says so', async () => {
    const { code, out } = await touchstone(['run'], { cwd });
    expect(code).toBe(0);
    expect(out.match(/nothing asked: every answer was recorded/g)).toHaveLength(3);
  });

  it('keeps its state in .touchstone, for the owner alone, and nothing in the home folder', () => {
    expect(readdirSync(cwd).sort()).toEqual(['.touchstone', 'goldens', 'prompts', 'suites']);
    expect(statSync(path.join(cwd, '.touchstone')).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(path.join(cwd, '.touchstone', 'runs'))) {
      expect(statSync(path.join(cwd, '.touchstone', 'runs', name)).mode & 0o777).toBe(0o600);
    }
  });

  it('prints the run record alone with --json, without a word of the conversations', async () => {
    const { code, out } = await touchstone(['run', 'sentiment', '--json'], { cwd });
    expect(code).toBe(0);
    const record = JSON.parse(out);
    expect(record).toMatchObject({ touchstone: 'run', version: 1, suite: { name: 'sentiment' }, asked: 0 });
    expect(record.cases).toHaveLength(568);
    const [first] = readFileSync(path.join(cwd, 'goldens', 'conversations.jsonl'), 'utf8').split('\n');
    expect(out).not.toContain(JSON.parse(first ?? '').messages[0].content.slice(0, 40));
  });

  it('runs only the cases that are asked for', async () => {
    const { out } = await touchstone(
      ['run', 'sentiment', '--filter', 'lang:zh', 'window:closing', '--json'],
      { cwd },
    );
    const record = JSON.parse(out);
    expect(record.selection).toEqual({ filter: 'lang:zh window:closing', limit: null });
    expect(record.cases.length).toBeGreaterThan(0);
    for (const each of record.cases) expect(each).toMatchObject({ lang: 'zh', window: 'closing' });
  });

  it('says what it would ask and about what that costs, without a key, and asks nothing', async () => {
    const before = readdirSync(path.join(cwd, '.touchstone', 'runs'));
    const args = ['run', '--dry-run', '--model'];
    const { code, out } = await touchstone([...args, 'anthropic:claude-haiku-5-5'], { cwd });
    expect(code).toBe(0);
    for (const suite of SUITES)
      expect(out).toMatch(
        new RegExp(
          `^${suite} with anthropic:claude-haiku-5-5, estimated offline: \\d+ requests, .* US\\$`,
          'm',
        ),
      );
    const recorded = await touchstone([...args, 'embedded'], { cwd });
    expect(recorded.out).toContain('sentiment with embedded: 0 requests, free');
    expect(readdirSync(path.join(cwd, '.touchstone', 'runs'))).toEqual(before);
  });

  it('shows a conversation with what was expected and given', async () => {
    const { code, out } = await touchstone(['show', 'c0002'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('expected');
    expect(out).toMatch(/primary +coaching/);
    expect(out).toContain('FIFO out of Perth');
  });
});

describe('a prompt that is broken on purpose', () => {
  it('closes the gate and names the broken cases', async () => {
    const cwd = copyShippedProject();
    const file = path.join(cwd, 'prompts', 'sentiment.md');
    writeFileSync(file, withoutNegativeHalf(readFileSync(file, 'utf8')));
    const { code, out } = await touchstone(['run', 'sentiment'], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/^sentiment: regressed/m);
    expect(out).toMatch(/broken +c\d+\/(opening|closing) +expected (very_)?negative, was/);
  });
});

describe('touchstone accept', () => {
  it('changes no byte when the same run is accepted again', async () => {
    const cwd = copyShippedProject();
    const baseline = path.join(cwd, 'suites', 'baselines', 'pushback.embedded.jsonl');
    const shipped = readFileSync(baseline, 'utf8');
    await touchstone(['run', 'pushback'], { cwd });
    const { code, out } = await touchstone(['accept', 'pushback'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('already accepted');
    expect(readFileSync(baseline, 'utf8')).toBe(shipped);
  });

  it('refuses a run of a part, and says what to type', async () => {
    const cwd = copyShippedProject();
    await touchstone(['run', 'pushback', '--limit', '5'], { cwd });
    const { code, err } = await touchstone(['accept', 'pushback'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('no run of the whole suite pushback with embedded. Type touchstone run pushback');
  });
});

/** The prompt without the bullets and examples of the two negative levels. */
function withoutNegativeHalf(prompt: string): string {
  return prompt
    .replaceAll(/^- `(?:very_)?negative`:.*\n(?: {2}.*\n)*/gm, '')
    .replaceAll(
      /<example>(?:(?!<\/example>)[\s\S])*"(?:very_)?negative"(?:(?!<\/example>)[\s\S])*<\/example>\n?/g,
      '',
    );
}
