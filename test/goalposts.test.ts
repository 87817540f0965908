import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { colorProject } from './color-classifier.ts';
import { touchstone } from './command.ts';
import { makeWorkspace } from './workspace.ts';

let cwd: string;

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  return execFileSync('git', [...identity, ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: cwd },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function edit(file: string, from: string, to: string): void {
  const name = path.join(cwd, file);
  const text = readFileSync(name, 'utf8');
  expect(text).toContain(from);
  writeFileSync(name, text.replace(from, to));
}

beforeEach(async () => {
  cwd = makeWorkspace({ ...colorProject(), '.gitignore': '.touchstone/\n' });
  await touchstone(['run'], { cwd });
  await touchstone(['accept'], { cwd });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=base');
  git('checkout', '--quiet', '-b', 'change');
});

describe('a run with --base', () => {
  it('holds when the goalposts did not move', async () => {
    const { code, out } = await touchstone(['run', '--base', 'main'], { cwd });
    expect(out).toContain('The goalposts did not move.');
    expect(code).toBe(0);
  });

  it('does not let a change bless itself by a lower floor, and lets a person allow it', async () => {
    edit('suites/color.yaml', 'min: 0.8', 'min: 0.2');
    const guarded = await touchstone(['run', '--base', 'main'], { cwd });
    expect(guarded.code).toBe(1);
    expect(guarded.out).toMatch(
      /goalposts +1 change of the goalposts, 1 of which loosens them: needs a person\./,
    );
    expect(guarded.out).toMatch(/loosens .*0\.8.*0\.2/);
    expect(guarded.out).toContain('accuracy of color at least 0.8');
    const allowed = await touchstone(['run', '--base', 'main', '--allow-goalposts'], { cwd });
    expect(allowed.code).toBe(0);
    expect(allowed.out).toContain('accuracy of color at least 0.2');
  });

  it('lets a change tighten a rule', async () => {
    edit('suites/color.yaml', 'min: 0.8', 'min: 0.85');
    const { code, out } = await touchstone(['run', '--base', 'main'], { cwd });
    expect(out).toMatch(/1 change of the goalposts, none of which loosens them/);
    expect(code).toBe(0);
  });

  it('compares a worse prompt with the baseline of the base, though the change accepted its own', async () => {
    edit(
      'prompts/color.md',
      '- `red`: crimson, scarlet, like a fire engine, a ripe tomato, blood, cherries\n',
      '',
    );
    await touchstone(['run'], { cwd });
    await touchstone(['accept'], { cwd });
    const blessed = await touchstone(['run'], { cwd });
    expect(blessed.out).toMatch(/no worse than the baseline: the same questions/);
    const { code, out } = await touchstone(['run', '--base', 'main'], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/^color: regressed/m);
    expect(out).toMatch(/loosens .*baseline/);
  });

  it('scores corrected labels both ways', async () => {
    edit('goldens/labels/color.jsonl', '{"id":"red-0","color":"red"', '{"id":"red-0","color":"blue"');
    const { code, out } = await touchstone(['run', '--base', 'main'], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/accuracy of color at least 0\.8: is 100\.0%/);
    expect(out).toMatch(/loosens .*red-0.*red.*blue/);
    expect(out).toMatch(/by the labels of the change: color: .*97\.2%/);
  });

  it('says what to type for a ref that is not there', async () => {
    const { code, err } = await touchstone(['run', '--base', 'mian'], { cwd });
    expect(code).toBe(2);
    expect(err).toMatch(/--base.*mian.*[Dd]id you mean "?main/);
  });
});
