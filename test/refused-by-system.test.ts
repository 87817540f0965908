import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { touchstone } from './command.ts';
import { copyShippedProject, REPOSITORY } from './workspace.ts';

function project(): string {
  const cwd = copyShippedProject();
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  return cwd;
}

/** Runs a command whose reader closes the pipe at once. */
function withoutReader(args: readonly string[], cwd: string): Promise<{ code: number | null; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(REPOSITORY, 'bin', 'touchstone.js'), ...args], {
      cwd,
      env: { PATH: process.env.PATH, HOME: cwd, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stdout.destroy();
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      err += chunk;
    });
    child.on('error', reject).on('close', (code) => resolve({ code, err }));
  });
}

describe('what the system refuses', () => {
  it('is said in a sentence, and is no verdict: exit code 3', async () => {
    const cwd = project();
    // A file stands where the folder of answers is to be.
    writeFileSync(path.join(cwd, '.touchstone'), '');
    for (const args of [
      ['run', 'sentiment', '--no-report'],
      ['watch', 'sentiment', '--once'],
      ['goldens', 'label', '--as', 'ana'],
    ]) {
      const { code, err } = await touchstone(args, { cwd });
      expect({ args, code }).toEqual({ args, code: 3 });
      expect(err).toMatch(/^E[A-Z]+: .*\.touchstone.*\nMend that, and type the same command again/);
      expect(err).not.toContain('    at ');
    }
  });

  it('is no reader any more: the work goes on, and its verdict stands', async () => {
    const cwd = project();
    const { code, err } = await withoutReader(['run', 'affective', 'sentiment', '--json'], cwd);
    expect(err).not.toContain('EPIPE');
    expect(code).toBe((await touchstone(['run', 'affective', 'sentiment', '--json'], { cwd })).code);
    expect(await withoutReader(['ablate', 'sentiment', '--list'], cwd)).toEqual({ code: 0, err: '' });
  });
});

describe('a file name that would command the terminal', () => {
  const name = 'a\u001b[2J\u202e.jsonl';
  const UNSAFE = /[\u001b\u009b\u202a-\u202e]/;

  it.each([
    [['goldens', 'add', name]],
    [['goldens', 'next', '--from', name]],
    [['goldens', 'label', '--as', 'ana', '--batch', name]],
    [['compare', '--suite', 'sentiment', 'prompts/sentiment.md', name]],
    [['run', '--model', name]],
    [['run', '--prompt', name, 'sentiment']],
  ])('is shown, not obeyed: %j', async (args) => {
    const { code, out, err } = await touchstone(args, { cwd: project() });
    expect(code).toBe(2);
    expect(`${out}${err}`).not.toMatch(UNSAFE);
    expect(err).toContain('a\\u{1b}[2J');
  });

  it('is no more than text in JSON', async () => {
    const cwd = project();
    const record = { messages: [{ role: 'user', content: 'A question about the bees in my garden' }] };
    writeFileSync(path.join(cwd, name), `${JSON.stringify(record)}\n`);
    const { code, out } = await touchstone(['goldens', 'add', name, '--dry-run', '--json'], { cwd });
    expect(code).toBe(0);
    expect(out).not.toMatch(UNSAFE);
    expect(JSON.stringify(JSON.parse(out))).toContain('a\\u001b[2J\u202e.jsonl');
  });
});

describe('a number that no run could have', () => {
  it.each([
    [['run', '--repeats', '1000000000'], 'Not a whole number from 1 to 1000.'],
    [['run', '--sequential', '--seed', '99999999999999999999'], 'Not a whole number from 0.'],
    [['goldens', 'label', '--as', 'ana', '--port', '99999'], 'Not a whole number from 0 to 65535.'],
    [['goldens', 'next', '--from', 'x', '--n', '0'], 'Not a whole number from 1.'],
    [['goldens', 'next', '--from', 'x', '--n', '-1'], 'Not a whole number from 1.'],
  ])('is refused: %j', async (args, why) => {
    const { code, err } = await touchstone(args, { cwd: project() });
    expect(err).toContain(why);
    expect(code).toBe(2);
  });
});
