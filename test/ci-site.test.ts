import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { XMLValidator } from 'fast-xml-parser';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HistoryFile } from '../src/schema/history.ts';
import { colorProject } from './color-classifier.ts';
import { type CommandResult, touchstone } from './command.ts';
import { type PullRequestScene, pullRequestScene, withAcceptedRun } from './pull-request.ts';

let scene: PullRequestScene;

beforeAll(async () => {
  scene = await pullRequestScene(await withAcceptedRun(colorProject()));
  scene.git('checkout', '--quiet', 'main');
});

afterAll(() => scene.github.close());

/** What the workflow runs for a push to the default branch. */
function site(...args: string[]): Promise<CommandResult> {
  const payload = {
    ref: 'refs/heads/main',
    after: scene.git('rev-parse', 'HEAD'),
    repository: { default_branch: 'main' },
  };
  const env = scene.jobEnv({ name: 'push', payload });
  return touchstone(['ci', ...args], { cwd: scene.cwd, env });
}

const file = (name: string) => path.join(scene.cwd, '.touchstone/ci/site', name);
const read = (name: string) => readFileSync(file(name), 'utf8');

function points() {
  const history: HistoryFile = JSON.parse(read('history.json'));
  return history.series.flatMap((series) => series.points);
}

function commit(message: string): string {
  scene.git('commit', '--quiet', '--all', `--message=${message}`);
  return scene.git('rev-parse', 'HEAD');
}

/** The page's markup and what its script works on. */
function page(): string {
  const markup = read('index.html');
  const packed: string = JSON.parse(parseHTML(markup).document.querySelector('#data')?.textContent ?? '""');
  return `${markup}\n${packed === '' ? '' : gunzipSync(Buffer.from(packed, 'base64')).toString()}`;
}

describe('a push to the default branch', () => {
  it('writes a site without a conversation’s text, and asks GitHub nothing', async () => {
    const { code, out } = await site();
    expect(code).toBe(0);
    expect(out).toContain('.touchstone/ci/site/index.html');
    expect(readdirSync(file('.')).sort()).toEqual([
      'badge-color.json',
      'badge-color.svg',
      'badge.json',
      'badge.svg',
      'history.json',
      'index.html',
    ]);
    for (const text of [page(), ...readdirSync(file('.')).map(read)]) {
      expect(text).not.toContain('fire engine');
      expect(text).not.toContain('It is for room');
    }
    expect(page()).toContain('red-0');
    expect(JSON.parse(read('badge.json'))).toMatchObject({ schemaVersion: 1, message: '1 suite held' });
    expect(read('badge-color.json')).toContain('100.0% held');
    expect(XMLValidator.validate(read('badge.svg'))).toBe(true);
    expect(points()).toContainEqual(
      expect.objectContaining({ kind: 'accepted', commit: scene.git('rev-parse', 'HEAD') }),
    );
    expect(scene.github.requests).toHaveLength(0);
  });

  it('adds what was accepted since to the history', async () => {
    const before = points().filter(({ kind }) => kind === 'accepted');
    expect(before).toHaveLength(1);
    scene.edit('prompts/color.md', 'the deep ocean', 'the deep sea');
    await touchstone(['run', '--no-report'], { cwd: scene.cwd });
    await touchstone(['accept'], { cwd: scene.cwd });
    const accepted = commit('Another sea');
    const { code } = await site();
    expect(code).toBe(0);
    const after = points().filter(({ kind }) => kind === 'accepted');
    expect(after.map((point) => point.commit).sort()).toEqual(
      [...before.map((point) => point.commit), accepted].sort(),
    );
  });

  it('shows the conversations only where that is asked for, and goes on from the published history', async () => {
    const published = path.join(scene.cwd, '../published.json');
    execFileSync('cp', [file('history.json'), published]);
    const { code } = await site('--with-text', '--history', published);
    expect(code).toBe(0);
    expect(page()).toContain('It is for room');
    expect(points().length).toBeGreaterThanOrEqual(3);
  });

  it('is published also where the prompts got worse, and fails', async () => {
    scene.edit('prompts/color.md', '`red`: crimson', '`other`: crimson');
    scene.edit('prompts/color.md', '`blue`: navy', '`red`: navy');
    scene.edit('prompts/color.md', '`other`: crimson', '`blue`: crimson');
    const worse = commit('A bad day');
    const { code, out } = await site();
    expect(code).toBe(1);
    expect(out).toContain('regressed');
    expect(read('badge.json')).toContain('1 suite regressed');
    expect(read('badge-color.json')).toContain('33.3%');
    expect(existsSync(file('index.html'))).toBe(true);
    expect(points()).toContainEqual(expect.objectContaining({ kind: 'run', commit: worse }));
  });
});
