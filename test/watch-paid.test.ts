import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApi, TEST_KEY } from './anthropic-api/start-api.ts';
import { colorProject } from './color-classifier.ts';
import { touchstone } from './command.ts';
import { type Screen, touchstoneOnScreen } from './screen.ts';
import { makeWorkspace } from './workspace.ts';

const MODEL = 'anthropic:claude-haiku-5-5';
let api: Awaited<ReturnType<typeof startApi>>;
let screen: Screen | null = null;

beforeEach(async () => {
  api = await startApi();
});

afterEach(async () => {
  screen?.kill('SIGKILL');
  screen = null;
  await api.close();
});

const asked = () => api.requests.filter(({ endpoint }) => endpoint === 'messages').length;
const environment = () => ({ ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: api.url });

function watch(cwd: string, ...args: string[]): Screen {
  const env = { ...environment(), NO_COLOR: '1' };
  screen = touchstoneOnScreen(['watch', '--model', MODEL, ...args], { cwd, columns: 100, env });
  return screen;
}

const addLine = (cwd: string, line: string) => {
  const prompt = path.join(cwd, 'prompts', 'color.md');
  writeFileSync(prompt, `${readFileSync(prompt, 'utf8')}\n${line}\n`);
};

describe('touchstone watch with a model that costs money', () => {
  it('asks nothing before a yes, and after one not again in the session', async () => {
    const cwd = makeWorkspace(colorProject());
    const watching = watch(cwd);
    await watching.until((text) => text.includes('36 requests') && text.includes('spend it? y/n'));
    watching.press('n');
    await watching.until((text) => text.includes('Nothing was asked'));
    expect(asked()).toBe(0);
    watching.press('r');
    await watching.until((text) => text.includes('spend it? y/n'));
    watching.press('y');
    await watching.until(
      (text) => text.includes('36 of 36 cases') && /^undecided, accuracy of color/m.test(text),
    );
    expect(asked()).toBe(36);
    addLine(cwd, 'Take your time.');
    await watching.until(() => asked() === 72);
    watching.press('q');
    expect((await watching.ended).exitCode).toBe(0);
  });

  it('asks again before a run that may cost more than --confirm-above', async () => {
    const cwd = makeWorkspace(colorProject());
    const watching = watch(cwd, '--confirm-above', '0');
    await watching.until((text) => text.includes('spend it? y/n'));
    watching.press('y');
    await watching.until(
      (text) => text.includes('36 of 36 cases') && /^undecided, accuracy of color/m.test(text),
    );
    addLine(cwd, 'Take your time.');
    await watching.until((text) => text.includes('spend it? y/n'));
    expect(asked()).toBe(36);
    watching.press('q');
    expect((await watching.ended).exitCode).toBe(0);
  });

  it('asks where nobody can be asked only what --max-usd lets it', async () => {
    const cwd = makeWorkspace(colorProject());
    const args = ['watch', '--once', '--model', MODEL];
    const refused = await touchstone(args, { cwd, env: environment() });
    expect(refused.err).toContain('Say how much with --max-usd');
    expect(refused.code).toBe(3);
    expect(asked()).toBe(0);
    const { code, out } = await touchstone([...args, '--max-usd', '5'], { cwd, env: environment() });
    expect(out).toMatch(/^color: undecided, /m);
    expect(code).toBe(0);
    expect(asked()).toBe(36);
  });
});
