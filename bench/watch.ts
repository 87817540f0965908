import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { copyShippedProject } from '../test/workspace.ts';
import { TOUCHSTONE } from './ask-invented.ts';
import { atMost, type Figure } from './figure.ts';

const SAVES = 20;
const SUITE = 'affective';
const FIRST_RESULT = / \d+ of \d+, /;
const VERDICT = /: (held|regressed|undecided), /;

/**
 * `touchstone watch` on the shipped project: from the save of a prompt to the first result, in milliseconds, with
 * every answer in the store. Two known prompts take turns.
 */
export async function benchWatch(): Promise<Figure[]> {
  const cwd = copyShippedProject();
  const prompt = path.join(cwd, 'prompts', `${SUITE}.md`);
  const shipped = readFileSync(prompt, 'utf8');
  const other = `${shipped}\nRead the whole conversation before you answer.\n`;
  const watching = spawn(process.execPath, [TOUCHSTONE, 'watch'], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  let look = () => {};
  watching.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
    look();
  });
  const said = (suite: string, what: RegExp) =>
    new Promise<void>((resolve) => {
      look = () => {
        if (out.split('\n').some((line) => line.startsWith(`${suite}: `) && what.test(line))) resolve();
      };
      look();
    });
  const save = async (text: string) => {
    out = '';
    const started = performance.now();
    writeFileSync(prompt, text);
    await said(SUITE, FIRST_RESULT);
    const milliseconds = performance.now() - started;
    await said(SUITE, VERDICT);
    return milliseconds;
  };
  const found: number[] = [];
  try {
    await said('sentiment', VERDICT);
    await save(other);
    await save(shipped);
    for (let i = 0; i < SAVES; i++) found.push(await save(i % 2 === 0 ? other : shipped));
  } finally {
    watching.kill();
  }
  found.sort((a, b) => a - b);
  const median = found[Math.floor(found.length / 2)] ?? Number.NaN;
  return [
    atMost(`milliseconds from save to first result, median of ${SAVES}`, median, 300, 0),
    atMost('the slowest of them', found.at(-1) ?? Number.NaN, 300, 0),
  ];
}
