import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { colorProject } from './color-classifier.ts';
import { type Screen, type ScreenOptions, touchstoneOnScreen } from './screen.ts';
import { acceptedColors, breakGreen, edit, manyColors, PROMPT, SUITE } from './watched-project.ts';
import { makeWorkspace } from './workspace.ts';

const BASELINE = 'suites/baselines/color.embedded.jsonl';

/** What a test leaves behind if it fails. */
const running = new Set<{ kill(signal: NodeJS.Signals): unknown }>();

afterEach(() => {
  for (const each of running) each.kill('SIGKILL');
  running.clear();
});

function watchOnScreen(options: ScreenOptions, ...args: string[]): Screen {
  const screen = touchstoneOnScreen(['watch', ...args], {
    ...options,
    env: { NO_COLOR: '1', ...options.env },
  });
  running.add(screen);
  void screen.ended.then(() => running.delete(screen));
  return screen;
}

let acceptedProject: () => string;

beforeAll(async () => {
  acceptedProject = await acceptedColors();
});

/** As editors do: another file takes the place of the one there was. */
function editByRenaming(cwd: string, file: string, change: (text: string) => string): void {
  const whole = path.join(cwd, file);
  writeFileSync(`${whole}.swp`, change(readFileSync(whole, 'utf8')));
  renameSync(`${whole}.swp`, whole);
}

/** All of it: a terminal may have drawn only part of a screen so far. */
const shows =
  (...all: (string | RegExp)[]) =>
  (text: string) =>
    all.every((what) => (typeof what === 'string' ? text.includes(what) : what.test(text)));
const HELD = /^> color {2}held .*0 broken/m;
const BROKEN = /^> color {2}regressed .*12 broken, 0 fixed/m;

/** Waits for all flips: a run may have stopped before it saw them. */
async function seeAllBroken(screen: Screen): Promise<void> {
  await screen.until(shows(/^> color {2}regressed .* broken, 0 fixed/m));
  if (screen.text().includes('stopped after')) screen.press('r');
  await screen.until(shows(BROKEN, '36 of 36 cases', 'accuracy of color          66.7%'));
}

describe('touchstone watch on a terminal', () => {
  it('shows what a save broke, opens a flip, accepts it, and leaves the terminal as it was', async () => {
    const cwd = acceptedProject();
    const screen = watchOnScreen({ cwd });
    await screen.until(shows(HELD));
    expect(screen.isAlternate()).toBe(true);
    expect(screen.isCursorHidden()).toBe(true);
    edit(cwd, PROMPT, breakGreen);
    await seeAllBroken(screen);
    screen.press('f');
    await screen.until(shows('flips of color, 1 of 12'));
    screen.press('j');
    screen.press('\u001b[B');
    await screen.until(shows('flips of color, 3 of 12'));
    screen.press('\r');
    await screen.until(shows('[3 of 12]', 'Something leafy please', 'expected green, before green, now red'));
    screen.press('qk');
    await screen.until(shows('flips of color, 2 of 12'));
    screen.press('f');
    await screen.until(shows(BROKEN));
    const accepted = readFileSync(path.join(cwd, BASELINE), 'utf8');
    screen.press('a');
    await screen.until(shows('as the baseline? y/N'));
    screen.press('n');
    await screen.until(shows('nothing was accepted'));
    expect(readFileSync(path.join(cwd, BASELINE), 'utf8')).toBe(accepted);
    screen.press('ay');
    // What is accepted is the baseline of the next result.
    await screen.until(shows('0 broken, 0 fixed', /accepted \(36 cases, prompt [0-9a-f]{8}\)/));
    expect(readFileSync(path.join(cwd, BASELINE), 'utf8')).not.toBe(accepted);
    screen.press('q');
    expect(await screen.ended).toEqual({ exitCode: 0, signal: 0 });
    expect(screen.isAlternate()).toBe(false);
    expect(screen.isCursorHidden()).toBe(false);
  });

  it('shows a mistake in the suite with its line, goes on, and is content when it is mended', async () => {
    const cwd = acceptedProject();
    const screen = watchOnScreen({ cwd, columns: 100 });
    await screen.until(shows(HELD));
    edit(cwd, SUITE, (text) => text.replace('kind: nominal', 'kind: nominul'));
    await screen.until(shows(/suites\/color\.yaml:4/, 'the last result there was', 'accuracy of color'));
    edit(cwd, SUITE, (text) => text.replace('nominul', 'nominal'));
    await screen.until(shows(HELD));
    rmSync(path.join(cwd, PROMPT));
    await screen.until(shows('there is no such file'));
    writeFileSync(path.join(cwd, PROMPT), String(colorProject()[PROMPT]));
    await screen.until(shows(HELD));
    screen.press('\u0003');
    expect((await screen.ended).exitCode).toBe(0);
  });

  it('takes saves by renaming, labels, new suites and suites that go', async () => {
    const cwd = acceptedProject();
    const screen = watchOnScreen({ cwd, columns: 100 });
    await screen.until(shows(HELD));
    editByRenaming(cwd, PROMPT, breakGreen);
    await seeAllBroken(screen);
    editByRenaming(cwd, PROMPT, () => String(colorProject()[PROMPT]));
    await screen.until(shows(HELD));
    edit(cwd, 'goldens/labels/color.jsonl', (text) => text.replace('"color":"red"', '"color":"blue"'));
    await screen.until(shows('97.2%'));
    edit(cwd, SUITE, (text) => text);
    writeFileSync(
      path.join(cwd, 'suites/hue.yaml'),
      String(colorProject()[SUITE]).replace('name: color', 'name: hue\nlabels: color'),
    );
    await screen.until(shows(/^> hue {2}undecided/m));
    rmSync(path.join(cwd, 'suites/hue.yaml'));
    await screen.until(shows(/hue {2}its file is gone/));
    screen.kill('SIGTERM');
    expect(await screen.ended).toEqual({ exitCode: 0, signal: 0 });
    expect(screen.isAlternate()).toBe(false);
  });

  it('begins anew when a save comes during a run, and keeps what was answered', async () => {
    const cwd = makeWorkspace(manyColors());
    const screen = watchOnScreen({ cwd });
    await screen.until(shows(/asking [1-9]\d* of 900/));
    edit(cwd, PROMPT, breakGreen);
    await screen.until(shows(/stopped after \d+ of 900: the verdict cannot change|900 of 900 cases/));
    screen.press('r');
    await screen.until(shows('900 of 900 cases', '66.7%'));
    screen.press('q');
    expect((await screen.ended).exitCode).toBe(0);
    const store = new DatabaseSync(path.join(cwd, '.touchstone', 'store.sqlite'), { readOnly: true });
    const row = store.prepare('SELECT count(*) AS answers FROM answers').get();
    store.close();
    // Those of the run that was broken off are among them.
    expect(row?.answers).toBeGreaterThan(900);
    expect(row?.answers).toBeLessThan(1800);
  });

  it('fits a narrow terminal, and any that it is made to', async () => {
    const cwd = acceptedProject();
    edit(cwd, PROMPT, breakGreen);
    const screen = watchOnScreen({ cwd, columns: 60, rows: 12 });
    await screen.until(
      (text) =>
        shows(/^> color {2}regressed/m)(text) &&
        screen.lines().at(-1)?.includes('r run all  f flips  a accept') === true,
    );
    screen.resize(40, 8);
    await screen.until(
      () =>
        screen.lines()[0]?.startsWith('> color') === true &&
        screen.lines()[7]?.startsWith('r run all') === true,
    );
    screen.resize(100, 30);
    await screen.until(shows('Tab next suite  ? help  q quit'));
    screen.press('?');
    await screen.until(shows('run all cases, also where the verdict cannot change'));
    // Esc and what is pressed at once after it.
    screen.press('\u001b?');
    await screen.until(shows('run all cases, also where the verdict cannot change'));
    screen.press('\u001b\u0003');
    expect((await screen.ended).exitCode).toBe(0);
  });
});
