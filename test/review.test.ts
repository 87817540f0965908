import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { baselineText } from '../src/baseline/baseline.ts';
import { NO_USAGE } from '../src/model/model.ts';
import { recordText } from '../src/record/record-files.ts';
import { BASELINE, BEFORE, driver, ENV, flippedProject, LABELS, NOW, RUN, runOf } from './flipped-project.ts';

/** A command of util-linux that runs another on a terminal of its own. */
const PSEUDO_TERMINAL = 'script';
const DOUBTFUL = 'goldens/doubtful.jsonl';
const REVIEW = driver(`reviewCommand([], { model: 'embedded' }, processTerminal())`);

function review(cwd: string, answers: string) {
  return spawnSync(process.execPath, REVIEW, { cwd, env: ENV, input: answers, encoding: 'utf8' });
}

const read = (cwd: string, file: string) => readFileSync(path.join(cwd, file), 'utf8');
const linesOf = (cwd: string, file: string) => read(cwd, file).split('\n').filter(Boolean);

describe('touchstone review', () => {
  it('shows each flip by the labels of today, its window marked and its text harmless', () => {
    const { stdout, status } = review(flippedProject(), 's\ns\ns\n');
    expect(status).toBe(0);
    expect(stdout).toContain('[1 of 3] c1/closing');
    expect(stdout).toContain('  1 user\n  first of c1 \\u{1b}]0;owned\\u{7}\n');
    expect(stdout).toContain('> 3 user (closing)\n> last of c1\n');
    expect(stdout).toContain('broken feeling  expected glad, before glad, now sad');
    expect(stdout).toContain('fixed feeling  expected glad, before sad, now glad');
    expect(stdout).not.toContain('c4/closing');
    expect(stdout).toMatch(/nothing to write\n$/);
  });

  it('takes the accepted case into the baseline and leaves every other line, the header too', () => {
    const cwd = flippedProject();
    const before = linesOf(cwd, BASELINE);
    const { stdout, status } = review(cwd, 's\ns\na\ny\n');
    expect(status).toBe(0);
    expect(stdout).toContain(
      '1 of 3 flipped cases takes its new answers; all other lines stay, and the header',
    );
    const after = linesOf(cwd, BASELINE);
    expect(after.filter((line, index) => line !== before[index])).toEqual([after[3]]);
    expect(after[3]).toBe(baselineText(runOf(NOW, 'b')).split('\n')[3]);
    expect(existsSync(path.join(cwd, DOUBTFUL))).toBe(false);
  });

  it('makes the whole run the baseline where every flip is accepted', () => {
    const cwd = flippedProject();
    const { stdout } = review(cwd, 'a\na\na\ny\n');
    expect(stdout).toContain('the whole run becomes the baseline (4 cases, prompt aaaaaaaa -> bbbbbbbb)');
    expect(read(cwd, BASELINE)).toBe(baselineText(runOf(NOW, 'b')));
    expect(review(cwd, '').stdout).toContain('nothing to review: no case of mood changed sides');
  });

  it('writes down doubtful labels, each once', () => {
    const cwd = flippedProject();
    const before = read(cwd, BASELINE);
    review(cwd, 'd\nq\ny\n');
    review(cwd, 'd\nd\nq\ny\n');
    const doubts = linesOf(cwd, DOUBTFUL).map((line) => JSON.parse(line));
    expect(doubts).toEqual([
      {
        ...{ id: 'c1', window: 'closing', field: 'feeling', expected: 'glad', given: 'sad' },
        by: doubts[0].by,
        at: doubts[0].at,
      },
      {
        ...{ id: 'c2', window: 'closing', field: 'feeling', expected: 'sad', given: 'glad' },
        by: doubts[1].by,
        at: doubts[1].at,
      },
    ]);
    expect(doubts[0].by).not.toBe('');
    expect(read(cwd, BASELINE)).toBe(before);
  });

  it('goes back, and asks again for what it does not understand', () => {
    const cwd = flippedProject();
    const { stdout } = review(cwd, 'a\nb\nwhat\ns\ns\na\nyes\n');
    expect(stdout).toContain('so far: accept');
    expect(stdout).toContain('please type one of a, d, s, b, q');
    expect(linesOf(cwd, BASELINE)[1]).toContain('"glad"');
    expect(linesOf(cwd, BASELINE)[3]).toContain('"glad"');
  });

  it.each([
    ['a no', 'a\na\na\nn\n', 0, 'nothing was written'],
    ['no answer to whether to write', 'a\na\na\n', 3, 'Nothing was written.'],
    ['an input that ends early', 'a\n', 3, 'Nothing was written.'],
  ])('writes nothing after %s', (_what, answers, code, said) => {
    const cwd = flippedProject();
    const before = read(cwd, BASELINE);
    const { stdout, stderr, status } = review(cwd, answers);
    expect({ status, said: (stdout + stderr).includes(said) }).toEqual({ status: code, said: true });
    expect(read(cwd, BASELINE)).toBe(before);
    expect(readdirSync(path.join(cwd, 'goldens')).sort()).toEqual(['conversations.jsonl', 'labels']);
    expect(readdirSync(path.join(cwd, 'suites', 'baselines'))).toEqual(['mood.embedded.jsonl']);
  });

  it('writes nothing where the baseline changed in the meantime', async () => {
    const cwd = flippedProject();
    const changed = baselineText(runOf(LABELS, 'c'));
    const child = spawn(process.execPath, REVIEW, { cwd, env: ENV });
    child.stdin.write('a\na\na\n');
    await untilSaid(child, 'write this');
    writeFileSync(path.join(cwd, BASELINE), changed);
    child.stdin.end('y\n');
    expect(await ended(child)).toBe(2);
    expect(read(cwd, BASELINE)).toBe(changed);
  });

  it('refuses where there is no run or no baseline, or the run is not whole', () => {
    for (const [file, lacks] of [
      [RUN, 'no run of embedded'],
      [BASELINE, 'no baseline of embedded'],
    ] as const) {
      const cwd = flippedProject();
      rmSync(path.join(cwd, file));
      expect(review(cwd, 'a\n')).toMatchObject({ status: 2, stderr: expect.stringContaining(lacks) });
    }
    const failed = runOf(NOW, 'b');
    failed.cases[0]?.answers.splice(0, 1, {
      ...{ status: 'failed', reason: 'no network', raw: '', usage: NO_USAGE, latency_ms: 1 },
    });
    const broken = flippedProject();
    writeFileSync(path.join(broken, RUN), recordText(failed));
    const { status, stderr } = review(broken, 'a\n');
    expect(status).toBe(2);
    expect(stderr).toContain('1 questions of the last run failed');
    expect(review(flippedProject(BEFORE), '').stdout).toContain('nothing to review');
  });

  const hasPseudoTerminal = spawnSync(PSEUDO_TERMINAL, ['--version'], { encoding: 'utf8' }).stdout?.includes(
    'util-linux',
  );
  it.runIf(hasPseudoTerminal)('writes nothing after Ctrl-C on a terminal', async () => {
    const cwd = flippedProject();
    const before = read(cwd, BASELINE);
    writeFileSync(path.join(cwd, 'driver.mjs'), REVIEW[2] ?? '');
    const command = `'${process.execPath}' driver.mjs`;
    const child = spawn(PSEUDO_TERMINAL, ['-qec', command, '/dev/null'], {
      cwd,
      env: { ...ENV, TERM: 'xterm' },
    });
    await untilSaid(child, 'quit (q)? ');
    child.stdin.write('a\r');
    await untilSaid(child, '[2 of 3]');
    child.stdin.write('\u0003');
    expect(await ended(child)).toBe(3);
    expect(read(cwd, BASELINE)).toBe(before);
  });
});

async function untilSaid(child: ChildProcess, text: string): Promise<void> {
  let said = '';
  for (;;) {
    const [chunk] = await new Promise<[unknown]>((resolve) =>
      child.stdout?.once('data', (data) => resolve([data])),
    );
    said += String(chunk);
    if (said.includes(text)) return;
  }
}

function ended(child: ChildProcess): Promise<number | null> {
  child.stdout?.resume();
  return new Promise((resolve) => child.on('close', resolve));
}
