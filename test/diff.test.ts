import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { baselineText } from '../src/baseline/baseline.ts';
import { BASELINE, driver, ENV, flippedProject, NOW, RUN, runOf } from './flipped-project.ts';

function diff(cwd: string, ...args: string[]) {
  const [a, b] = args.map((arg) => JSON.stringify(arg));
  const options = `{ model: 'embedded', json: true }`;
  const call = driver(`diffCommand(${a}, ${b}, ${options}, processTerminal())`);
  return spawnSync(process.execPath, call, { cwd, env: ENV, encoding: 'utf8' });
}

describe('touchstone diff', () => {
  const flipsOf = (stdout: string) =>
    JSON.parse(stdout).fields[0].flips.map(
      ({ id, change }: { id: string; change: string }) => `${change} ${id}`,
    );
  const FLIPS = ['broken c1/closing', 'broken c2/closing', 'fixed c3/closing'];

  it('compares the baseline with the last run, by the labels of today', () => {
    const { stdout, status } = diff(flippedProject());
    expect(status).toBe(0);
    expect(flipsOf(stdout)).toEqual(FLIPS);
    expect(JSON.parse(stdout)).toMatchObject({ suite: 'mood', cases: 4, left_out: 0 });
    expect(JSON.parse(stdout).fields[0].metrics[0]).toEqual({ metric: 'accuracy', before: 0.75, now: 0.5 });
  });

  it('takes any two sides: a path, a model, a baseline as a commit has it', () => {
    const cwd = flippedProject();
    expect(flipsOf(diff(cwd, 'baseline', RUN).stdout)).toEqual(FLIPS);
    expect(flipsOf(diff(cwd, 'model:embedded', 'baseline').stdout)).toEqual([
      ...['broken c3/closing', 'fixed c1/closing', 'fixed c2/closing'],
    ]);
    const git = (...args: string[]) => execFileSync('git', args, { cwd, env: ENV, stdio: 'ignore' });
    git('init', '-b', 'main');
    git('add', 'suites', 'goldens');
    git('-c', 'user.name=a', '-c', 'user.email=a@b.example', 'commit', '-m', 'first');
    writeFileSync(path.join(cwd, BASELINE), baselineText(runOf(NOW, 'b')));
    expect(flipsOf(diff(cwd, 'ref:main', 'baseline').stdout)).toEqual(FLIPS);
    expect(flipsOf(diff(cwd, 'ref:HEAD').stdout)).toEqual(FLIPS);
    const { status, stderr } = diff(cwd, 'ref:--output=x');
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('is no ref') });
    expect(diff(cwd, 'ref:nope').stderr).toContain('git knows no commit "nope" here');
  });

  it('leaves out cases whose text changed since', () => {
    const cwd = flippedProject();
    const file = path.join(cwd, 'goldens', 'conversations.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('last of c1', 'another end'));
    const { stdout } = diff(cwd);
    expect(JSON.parse(stdout)).toMatchObject({ cases: 3, left_out: 1 });
    expect(flipsOf(stdout)).toEqual(FLIPS.slice(1));
  });

  it('refuses what is no side, and sides without answers', () => {
    const cwd = flippedProject();
    expect(diff(cwd, 'nowhere.json')).toMatchObject({ status: 2 });
    expect(diff(cwd, 'baseline', 'model:anthropic:claude-opus-4-5')).toMatchObject({ status: 2 });
  });
});
