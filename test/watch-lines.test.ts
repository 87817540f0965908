import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { colorProject } from './color-classifier.ts';
import { touchstone } from './command.ts';
import { acceptedColors, breakGreen, edit, manyColors, PROMPT, SUITE } from './watched-project.ts';
import { makeWorkspace, REPOSITORY } from './workspace.ts';

/** What a test leaves behind if it fails. */
const running = new Set<ChildProcess>();

afterEach(() => {
  for (const each of running) each.kill('SIGKILL');
  running.clear();
});

let acceptedProject: () => string;

beforeAll(async () => {
  acceptedProject = await acceptedColors();
});

/** `touchstone watch` in a pipe. */
function watchInPipe(cwd: string, ...args: string[]) {
  const child: ChildProcess = spawn(
    process.execPath,
    [path.join(REPOSITORY, 'bin', 'touchstone.js'), 'watch', ...args],
    { cwd, env: { PATH: process.env.PATH, HOME: cwd, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  running.add(child);
  let out = '';
  let look = () => {};
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
    look();
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', (code) => {
      running.delete(child);
      resolve(code);
    });
  });
  return {
    ended,
    out: () => out,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** Waits for a line among those printed since the last such wait. */
    until(line: RegExp): Promise<string> {
      return new Promise((resolve) => {
        look = () => {
          const found = line.exec(out);
          if (found === null) return;
          out = out.slice(found.index + found[0].length);
          look = () => {};
          resolve(found[0]);
        };
        look();
      });
    },
  };
}

describe('touchstone watch without a terminal', () => {
  it('prints a line for each save, result and verdict, and nothing for a save that changes nothing', async () => {
    const cwd = acceptedProject();
    const watching = watchInPipe(cwd, 'color');
    await watching.until(/^color: 36 of 36, accuracy of color 100.0%.*\n/m);
    await watching.until(/^color: held, .*\n/m);
    edit(cwd, PROMPT, (text) => text);
    edit(cwd, PROMPT, breakGreen);
    await watching.until(/^color: prompts\/color\.md saved\n/m);
    await watching.until(/^color: (36 of 36, .*12 broken, 0 fixed|stopped after \d+ of 36: .*)\n/m);
    await watching.until(/^color: regressed, .*\n/m);
    edit(cwd, SUITE, (text) => text.replace('headline', 'heddline'));
    await watching.until(/^color: suites\/color\.yaml:\d+.*heddline.*\n/m);
    expect(watching.out()).not.toContain('\u001b');
    watching.kill('SIGINT');
    expect(await watching.ended).toBe(0);
  });
});

describe('touchstone watch --once', () => {
  it('runs once and ends as a run would', async () => {
    const cwd = acceptedProject();
    const held = await touchstone(['watch', '--once'], { cwd });
    expect(held.out).toMatch(/^color: held, /m);
    expect(held).toMatchObject({ code: 0, err: '' });
    edit(cwd, PROMPT, breakGreen);
    const regressed = await touchstone(['watch', '--once', 'color'], { cwd });
    expect(regressed.out).toMatch(/^color: regressed, /m);
    expect(regressed.code).toBe(1);
    edit(cwd, SUITE, (text) => text.replace('nominal', 'nominul'));
    const wrong = await touchstone(['watch', '--once'], { cwd });
    expect(wrong.err).toMatch(/suites\/color\.yaml:4/);
    expect(wrong.code).toBe(2);
  });

  it('stops when the verdict cannot change any more', async () => {
    const files = manyColors();
    const mustPass = `${files[SUITE]}  - { rule: must_pass, where: { tag: even } }\n`;
    const cwd = makeWorkspace({ ...files, [SUITE]: mustPass, [PROMPT]: breakGreen(String(files[PROMPT])) });
    const { code, out } = await touchstone(['watch', '--once'], { cwd });
    expect(out).toMatch(/^color: stopped after \d+ of 900: the verdict cannot change$/m);
    expect(out).toMatch(/^color: regressed, even if all the rest is right: /m);
    expect(code).toBe(1);
  });

  it('refuses a suite that there is not', async () => {
    const cwd = makeWorkspace(colorProject());
    const { code, err } = await touchstone(['watch', 'colour'], { cwd });
    expect(err).toMatch(/no suite is called "colour".*color/);
    expect(code).toBe(2);
  });
});
