import { beforeAll, describe, expect, it } from 'vitest';
import { colorProject } from './color-classifier.ts';
import { touchstone } from './command.ts';
import { touchstoneOnScreen } from './screen.ts';
import { makeWorkspace } from './workspace.ts';

let cwd: string;

beforeAll(async () => {
  cwd = makeWorkspace(colorProject());
  // Both runs that are compared below find their answers on record.
  expect(await touchstone(['run', 'color', '--no-report'], { cwd })).toMatchObject({ code: 0 });
});

/** A terminal breaks what is too long for it anywhere, and so makes two words of one. */
function wordsOf(text: string): string[] {
  return text
    .replaceAll(/\d{8}T\d+Z/g, 'TIME')
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** What a terminal shows of a command that prints so many words. */
async function shownOn(columns: number, args: readonly string[], words: number): Promise<string> {
  const screen = touchstoneOnScreen(args, { cwd, columns, rows: 200, env: { NO_COLOR: '1' } });
  await screen.until((text) => wordsOf(text).length >= words);
  await screen.ended;
  return screen.text();
}

describe('a terminal of 60 columns', () => {
  it.each([
    ['--help'],
    ['run --help'],
    ['study run --help'],
    ['goldens check --help'],
    ['run color --no-report'],
    ['run colour'],
  ])('cuts no word of touchstone %s at its edge', async (command) => {
    const args = command.split(' ');
    const { out, err } = await touchstone(args, { cwd });
    expect(`${out}${err}`.split('\n').some((line) => line.length > 60)).toBe(true);
    const words = wordsOf(`${out}${err}`);
    expect(wordsOf(await shownOn(60, args, words.length))).toEqual(words);
  });
});

it('a terminal of 100 columns shows what is printed where there is none', async () => {
  const { out } = await touchstone(['run', '--help'], { cwd });
  const shown = await shownOn(100, ['run', '--help'], wordsOf(out).length);
  expect(shown.trimEnd()).toBe(out.trimEnd());
});
