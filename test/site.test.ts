import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { XMLValidator } from 'fast-xml-parser';
import { parseHTML } from 'linkedom';
import { afterEach, describe, expect, it } from 'vitest';
import { baselineText } from '../src/baseline/baseline.ts';
import { readBaseline } from '../src/baseline/load.ts';
import { type SiteOptions, writeSite } from '../src/cli/write-site.ts';
import { type GuardedJudgement, judgeGuarded } from '../src/goalposts/judge-guarded.ts';
import { gitState } from '../src/project/git.ts';
import { findProject } from '../src/project/project.ts';
import type { HistoryFile } from '../src/schema/history.ts';
import type { RunRecord } from '../src/schema/run-record.ts';
import { loadSuites } from '../src/suite/load.ts';
import { BASELINE, BEFORE, ENV, flippedProject, NOW, runOf } from './flipped-project.ts';
import { REPOSITORY } from './workspace.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});
function kept(folder: string): string {
  made.push(folder);
  return folder;
}

function git(cwd: string, day: number, ...args: string[]): string {
  const date = `2026-01-0${day}T00:00:00Z`;
  return execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
    ...{ cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    env: { ...ENV, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date },
  }).trim();
}

/** A project with two accepted runs, the second of a new prompt, and the hashes of their commits. */
function acceptedTwice(): { root: string; commits: [string, string] } {
  const root = kept(flippedProject());
  git(root, 1, 'init', '--quiet', '--initial-branch=main');
  writeFileSync(path.join(root, '.gitignore'), '.touchstone/\n');
  git(root, 1, 'add', '--all');
  git(root, 1, 'commit', '--quiet', '--message=first');
  const first = git(root, 1, 'rev-parse', 'HEAD');
  writeFileSync(path.join(root, BASELINE), baselineText(runOf(['glad', 'glad', 'glad', 'glad'], 'b')));
  git(root, 2, 'commit', '--quiet', '--all', '--message=second');
  return { root, commits: [first, git(root, 2, 'rev-parse', 'HEAD')] };
}

/** A run of the project as it stands, in which the model quotes what it read. */
function judgedIn(root: string, change: Partial<RunRecord> = {}): GuardedJudgement {
  const project = findProject(root);
  const run: RunRecord = { ...runOf(NOW, 'b'), git: gitState(root), ...change };
  for (const { answers } of run.cases) for (const answer of answers) answer.raw = 'You wrote: last of c1';
  const [suite] = loadSuites(project.suites, []).suites;
  if (suite === undefined) throw new Error('no suite');
  const { baseline } = readBaseline(project.baselines, suite.task, run.model, (file) => file);
  return judgeGuarded(run, { suite, baseline }, null);
}

function site(root: string, options: Partial<SiteOptions> = {}, judged = [judgedIn(root)]) {
  const project = findProject(root);
  const folder = path.join(kept(mkdtempSync(path.join(tmpdir(), 'touchstone-site-'))), 'site');
  const { suites } = loadSuites(project.suites, []);
  const shown = (file: string) => path.basename(file);
  const site = { history: null, withText: false, shown, ...options };
  return { folder, ...writeSite(judged, suites, project, folder, site) };
}

function historyIn(folder: string) {
  const file: HistoryFile = JSON.parse(readFileSync(path.join(folder, 'history.json'), 'utf8'));
  return file.series.flatMap(({ points }) => points);
}

/** All that the page holds: its markup and what its script works on. */
function pageIn(folder: string): { markup: string; data: string } {
  const markup = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const packed: string = JSON.parse(parseHTML(markup).document.querySelector('#data')?.textContent ?? '""');
  return { markup, data: gunzipSync(Buffer.from(packed, 'base64')).toString() };
}

describe('a written site', () => {
  it('has the page, the history and the badges, whole and readable by everybody', () => {
    const { folder, files } = site(acceptedTwice().root);
    const names = [
      'badge-mood.json',
      'badge-mood.svg',
      'badge.json',
      'badge.svg',
      'history.json',
      'index.html',
    ];
    expect(readdirSync(folder).sort()).toEqual(names);
    expect(files.map((file) => path.relative(folder, file)).sort()).toEqual(names);
    for (const file of files) expect(statSync(file).mode & 0o777).toBe(0o644);
  });

  it('has badges that say accuracy and verdict', () => {
    const { folder } = site(acceptedTwice().root);
    const [one, all] = ['badge-mood.json', 'badge.json'].map((name) =>
      JSON.parse(readFileSync(path.join(folder, name), 'utf8')),
    );
    expect(one).toMatchObject({ schemaVersion: 1, label: 'mood', message: '50.0% held', isError: false });
    expect(all).toMatchObject({ schemaVersion: 1, label: 'touchstone', message: '1 suite held' });
    const svg = readFileSync(path.join(folder, 'badge-mood.svg'), 'utf8');
    expect(XMLValidator.validate(svg)).toBe(true);
    expect(parseHTML(svg).document.querySelector('title')?.textContent).toBe('mood: 50.0% held');
  });

  it('has no text of a conversation or of the model, and says so', () => {
    const { markup, data } = pageIn(site(acceptedTwice().root).folder);
    for (const text of [markup, data]) expect(text).not.toMatch(/(first|last) of c\d|You wrote/);
    expect(markup).toContain('Conversations and votes are not in this report.');
    expect(data).toContain('c1/closing');
  });

  it('has the text where it is asked for', () => {
    const { data } = pageIn(site(acceptedTwice().root, { withText: true }).folder);
    expect(data).toContain('last of c1');
    expect(data).toContain('You wrote');
  });

  it('refuses a suite whose name would lead elsewhere', () => {
    const { root } = acceptedTwice();
    const judged = judgedIn(root);
    judged.assessment.run.suite.name = '../../mood';
    expect(() => site(root, {}, [judged])).toThrow(/"\.\.\/\.\.\/mood".*small letters/);
  });
});

describe('making a badge', () => {
  it('opens no socket and looks up no name', () => {
    const log = path.join(kept(mkdtempSync(path.join(tmpdir(), 'touchstone-badge-'))), 'sockets.log');
    const url = (...parts: string[]) => pathToFileURL(path.join(REPOSITORY, ...parts)).href;
    const module = url('src', 'report', 'badge', 'render-badge.ts');
    const script = `const { badgeSvg } = await import(${JSON.stringify(module)});
      console.log(badgeSvg({ label: 'mood', message: 'held', color: '#2e7d32', isError: false }));`;
    const preload = ['--import', url('test', 'record-sockets.ts'), '--input-type=module'];
    const svg = execFileSync(process.execPath, [...preload, '-e', script], {
      ...{ encoding: 'utf8', env: { PATH: process.env.PATH, SOCKET_LOG: log } },
    });
    expect(svg).toContain('mood: held');
    expect(readFileSync(log, 'utf8')).toMatch(/^recording \d+\n$/);
  });
});

describe('the history of a site', () => {
  it('has the accepted runs, scored with today’s labels, and this run', () => {
    const { root, commits } = acceptedTwice();
    const { folder, notices } = site(root);
    expect(notices).toEqual([]);
    expect(historyIn(folder)).toMatchObject([
      { at: '2026-01-01T00:00:00.000Z', commit: commits[0], kind: 'accepted', value: 0.25 },
      {
        at: '2026-01-02T00:00:00.000Z',
        commit: commits[1],
        kind: 'accepted',
        value: 1,
        prompt_changed: true,
      },
      { at: '2026-02-02T00:00:00.000Z', commit: commits[1], kind: 'run', value: 0.5, prompt_changed: false },
    ]);
    expect(BEFORE.filter((label) => label === 'glad')).toHaveLength(1);
    const rows = parseHTML(pageIn(folder).markup).document.querySelectorAll('#history tbody tr');
    expect(rows).toHaveLength(3);
  });

  it('names no commit for a run of changed files, and leaves a run of a part out', () => {
    const { root } = acceptedTwice();
    writeFileSync(path.join(root, '.gitignore'), '.touchstone/\nnode_modules/\n');
    expect(historyIn(site(root).folder).at(-1)).toMatchObject({ commit: null, kind: 'run' });
    const part = judgedIn(root, { selection: { filter: null, limit: 4 } });
    expect(historyIn(site(root, {}, [part]).folder)).toHaveLength(2);
  });

  it('keeps the points that were published, and does not double its own', () => {
    const { root } = acceptedTwice();
    const first = site(root);
    const known = historyIn(first.folder);
    const history = path.join(first.folder, 'history.json');
    const old: HistoryFile = JSON.parse(readFileSync(history, 'utf8'));
    const ancient = { ...known[0], at: '2020-01-01T00:00:00.000Z', commit: 'f'.repeat(40) };
    const gone = { suite: 'gone', model: 'embedded', metric: 'gone.accuracy', points: [ancient] };
    const [series] = old.series;
    const published = [{ ...series, points: [ancient, ...known] }, gone];
    writeFileSync(history, JSON.stringify({ ...old, series: published }));

    const second = site(root, { history });
    expect(historyIn(second.folder)).toEqual([ancient, ancient, ...known]);
    expect(pageIn(second.folder).markup).toContain('ffffffffffff');
    expect(pageIn(second.folder).markup).not.toContain('gone');
    const third = site(root, { history: path.join(second.folder, 'history.json') });
    expect(historyIn(third.folder)).toEqual(historyIn(second.folder));
  });

  it('is refused by name where the published one is none, and nothing is written', () => {
    const { root } = acceptedTwice();
    const history = path.join(root, '.touchstone', 'old.json');
    writeFileSync(history, '<!doctype html>');
    expect(() => site(root, { history })).toThrow('old.json: is not JSON');
    expect(readdirSync(made.at(-1) ?? '')).toEqual([]);
  });

  it('says that a shallow clone lacks accepted runs, and does not take its edge for one', () => {
    const { root, commits } = acceptedTwice();
    const folder = kept(mkdtempSync(path.join(tmpdir(), 'touchstone-clone-')));
    git(folder, 1, 'clone', '--quiet', '--depth=1', `file://${root}`, 'clone');
    const clone = path.join(folder, 'clone');
    const shallow = site(clone);
    expect(shallow.notices).toEqual([expect.stringContaining('This clone is shallow')]);
    expect(historyIn(shallow.folder)).toMatchObject([{ kind: 'run', commit: commits[1] }]);
    const published = path.join(site(root).folder, 'history.json');
    expect(historyIn(site(clone, { history: published }).folder)).toHaveLength(3);
  });
});
