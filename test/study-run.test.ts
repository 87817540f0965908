import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../src/study/results/lock-folder.ts';
import { startApi, TEST_KEY } from './anthropic-api/start-api.ts';
import { touchstone } from './command.ts';
import { copyShippedProject, REPOSITORY } from './workspace.ts';

const closing: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of closing.splice(0)) await each.close();
});

/** The shipped project with the study, and its first goldens as a corpus. */
function studyProject(conversations = 40): string {
  const cwd = copyShippedProject();
  cpSync(path.join(REPOSITORY, 'studies'), path.join(cwd, 'studies'), { recursive: true });
  const lines = readFileSync(path.join(cwd, 'goldens', 'conversations.jsonl'), 'utf8').split('\n');
  writeFileSync(path.join(cwd, 'corpus.jsonl'), `${lines.slice(0, conversations).join('\n')}\n`);
  return cwd;
}

function studyOf(cwd: string, folder = '.touchstone/study/affective-use.embedded') {
  return JSON.parse(readFileSync(path.join(cwd, folder, 'study.json'), 'utf8'));
}

describe('touchstone study run', () => {
  it('ends in figures and a page, and asks nothing the second time', async () => {
    const cwd = studyProject();
    const first = await touchstone(['study', 'run', 'corpus.jsonl'], { cwd });
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/all kept +40 +\d+\.\d% \(/);
    expect(first.out).toContain('.touchstone/study/affective-use.embedded/report.html');
    const record = studyOf(cwd);
    expect(record.corpus).toMatchObject({ conversations: 40, bad: 0 });
    expect(record.asked).toBeGreaterThan(40);
    await touchstone(['study', 'run', 'corpus.jsonl'], { cwd });
    expect(studyOf(cwd)).toMatchObject({ asked: 0, groups: record.groups, funnel: record.funnel });
  });

  it('stops where too many records are bad, names them by line, and leaves earlier results alone', async () => {
    const cwd = studyProject();
    await touchstone(['study', 'run', 'corpus.jsonl'], { cwd });
    const before = studyOf(cwd);
    appendFileSync(path.join(cwd, 'corpus.jsonl'), 'not json\n{"messages": 3}\n');
    const { code, err } = await touchstone(['study', 'run', 'corpus.jsonl'], { cwd });
    expect(code).toBe(2);
    expect(err).toMatch(/2 records, 4\.76% of all, cannot be read as conversations; --max-bad is 1%/);
    const side = path.join(cwd, '.touchstone/study/affective-use.embedded/bad-records.jsonl');
    expect(readFileSync(side, 'utf8')).toMatch(/"line":41.*\n.*"line":42/);
    expect(studyOf(cwd)).toEqual(before);
    const strict = await touchstone(['study', 'run', 'corpus.jsonl', '--max-bad', '0.7%'], { cwd });
    expect(strict.err).toContain('--max-bad is 0.7%,');
    const forgiving = await touchstone(['study', 'run', 'corpus.jsonl', '--max-bad', '10%'], { cwd });
    expect(forgiving.code).toBe(0);
    expect(studyOf(cwd).corpus).toMatchObject({ conversations: 40, bad: 2 });
  });

  it('stops where a file breaks off, however few bad records that makes, unless it is told not to', async () => {
    const cwd = studyProject(200);
    const whole = gzipSync(readFileSync(path.join(cwd, 'corpus.jsonl')));
    writeFileSync(path.join(cwd, 'cut.jsonl.gz'), whole.subarray(0, whole.length - 2000));
    for (const more of [[], ['--dry-run']]) {
      const { code, err } = await touchstone(['study', 'run', 'cut.jsonl.gz', ...more], { cwd });
      expect(code).toBe(2);
      expect(err).toMatch(/cut\.jsonl\.gz:1\d\d: the file is cut off.*nobody knows how much is lost/);
    }
    const args = ['study', 'run', 'cut.jsonl.gz', '--max-bad', '100%'];
    const { code, out } = await touchstone(args, { cwd });
    expect(code).toBe(0);
    expect(out).toContain('1 bad record skipped');
  });

  it('leaves a folder alone that another run is writing into', async () => {
    const cwd = studyProject(5);
    mkdirSync(path.join(cwd, 'out'));
    const unlock = lockFolder(path.join(cwd, 'out'), 'out');
    const args = ['study', 'run', 'corpus.jsonl', '--out', 'out'];
    const { code, err } = await touchstone(args, { cwd });
    expect(err).toMatch(/out is being written by another run.*--out/s);
    expect(code).toBe(3);
    unlock();
    expect((await touchstone(args, { cwd })).code).toBe(0);
  });

  it('says beforehand what it would take, and asks nothing', async () => {
    const api = await startApi();
    closing.push(api);
    const cwd = studyProject();
    const env = { ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: api.url };
    const args = ['study', 'run', 'corpus.jsonl', '--model', 'anthropic:claude-haiku-5-5', '--dry-run'];
    const { code, out } = await touchstone([...args, '--kept-share', '2.9%'], { cwd, env });
    expect(code).toBe(0);
    expect(out).toMatch(/affective +40 /);
    expect(out).toMatch(/total .*\d+\.\d\d/);
    expect(api.requests.filter(({ endpoint }) => endpoint === 'messages')).toHaveLength(0);
  });

  it('that is killed is taken up where it was: nothing is asked twice but what was under way', async () => {
    const api = await startApi({ latency: 20 });
    closing.push(api);
    const cwd = studyProject(60);
    const env = { ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: api.url };
    const args = [
      'study',
      'run',
      'corpus.jsonl',
      '--model',
      'anthropic:claude-haiku-5-5',
      '--concurrency',
      '4',
    ];
    const asked = () => api.requests.filter(({ endpoint }) => endpoint === 'messages').length;
    const child = spawn(process.execPath, [path.join(REPOSITORY, 'bin', 'touchstone.js'), ...args], {
      cwd,
      env: { PATH: process.env.PATH, HOME: cwd, NO_COLOR: '1', ...env },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.on('close', resolve));
    while (asked() < 30) await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill('SIGKILL');
    await ended;
    const atKill = asked();
    expect(
      existsSync(path.join(cwd, '.touchstone/study/affective-use.anthropic-claude-haiku-5-5/study.json')),
    ).toBe(false);
    const { code } = await touchstone(args, { cwd, env });
    expect(code).toBe(0);
    const record = studyOf(cwd, '.touchstone/study/affective-use.anthropic-claude-haiku-5-5');
    const needed = record.questions.reduce(
      (sum: number, each: { answered: number }) => sum + each.answered,
      0,
    );
    expect(record.corpus.conversations).toBe(60);
    // A conversation may have several questions under way.
    expect(asked()).toBeLessThanOrEqual(needed + 4 * 3);
    expect(record.asked).toBeGreaterThanOrEqual(needed - atKill);
  });

  it('refuses a study, a corpus or a mapping that is not there, all in words', async () => {
    const cwd = studyProject();
    const missing = await touchstone(['study', 'run', 'nothing.jsonl'], { cwd });
    expect(missing.code).toBe(2);
    expect(missing.err).toContain('there is no such file or folder');
    const file = await touchstone(['study', 'run', 'corpus.jsonl', '--out', 'corpus.jsonl'], { cwd });
    expect(file.code).toBe(2);
    expect(file.err).toContain('"corpus.jsonl" is a file');
    writeFileSync(
      path.join(cwd, 'studies', 'broken.yaml'),
      'name: broken\nselect: { suite: affective, field: primry, drop: [], keep: [coching] }\n',
    );
    const broken = await touchstone(['study', 'run', 'corpus.jsonl', '--study', 'broken'], { cwd });
    expect(broken.code).toBe(2);
    expect(broken.err).toMatch(/studies\/broken\.yaml:2.*"primry" is no field/);
  });
});

describe('touchstone study topics', () => {
  it('shows large groups only, and adds them to the page', async () => {
    const cwd = studyProject(200);
    await touchstone(['study', 'run', 'corpus.jsonl'], { cwd });
    const dir = '.touchstone/study/affective-use.embedded';
    const { code, out } = await touchstone(['study', 'topics', dir, '--min-group', '5'], { cwd });
    expect(code).toBe(0);
    const concerns = JSON.parse(readFileSync(path.join(cwd, dir, 'concerns.json'), 'utf8'));
    expect(out).toContain('what people bring');
    for (const group of concerns.groups) expect(group.conversations).toBeGreaterThanOrEqual(5);
  });

  it('are not shown beside the figures of a later run', async () => {
    const cwd = studyProject(60);
    const dir = '.touchstone/study/affective-use.embedded';
    await touchstone(['study', 'run', 'corpus.jsonl'], { cwd });
    await touchstone(['study', 'topics', dir, '--min-group', '5'], { cwd });
    const page = () => readFileSync(path.join(cwd, dir, 'report.html'), 'utf8');
    await touchstone(['study', 'report', dir], { cwd });
    expect(page()).not.toContain('Not summarised yet');
    await touchstone(['study', 'run', 'corpus.jsonl', '--limit', '10'], { cwd });
    expect(page()).toContain('Not summarised yet');
  });

  it('says how many questions failed, and that the same command asks them again', async () => {
    const api = await startApi({
      behave: ({ endpoint, number }) =>
        endpoint === 'messages' && number <= 3 ? { kind: 'error', status: 400 } : undefined,
    });
    closing.push(api);
    const cwd = studyProject(30);
    const dir = '.touchstone/study/affective-use.embedded';
    await touchstone(['study', 'run', 'corpus.jsonl'], { cwd });
    const env = { ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: api.url };
    const args = ['study', 'topics', dir, '--model', 'anthropic:claude-haiku-5-5'];
    const { err } = await touchstone(args, { cwd, env });
    expect(err).toMatch(
      /^anthropic:claude-haiku-5-5: \d+ requests, [\d,]+ to [\d,]+ tokens in, US\$[\d.]+ to [\d.]+, and one request a group for its name$/m,
    );
    expect(err).toContain('3 questions failed: type the same command to ask them again.');
    const again = await touchstone(args, { cwd, env });
    expect(again.err).toMatch(/^anthropic:claude-haiku-5-5: 3 requests, /m);
    expect((await touchstone(args, { cwd, env })).err).not.toContain('requests');
  });
});
