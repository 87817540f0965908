import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Handover } from '../src/schema/handover.ts';
import type { RunRecord } from '../src/schema/run-record.ts';
import { colorProject } from './color-classifier.ts';
import { type CommandResult, touchstone } from './command.ts';
import type { ZipEntry } from './hostile-zip.ts';
import {
  type PullRequestScene,
  pullRequestScene,
  withAcceptedRun,
  workflowRunPayload,
} from './pull-request.ts';

/** promptfoo tells its progress in this way. */
const WORKFLOW_COMMAND = /^::/m;

let scene: PullRequestScene;
let forkHead: string;
let base: string;

beforeAll(async () => {
  scene = await pullRequestScene(await withAcceptedRun(colorProject()));
  base = scene.cloneBase('base');
  // The colours change places, so that the prompt is wrong about two of three.
  scene.edit('prompts/color.md', '`red`: crimson', '`other`: crimson');
  scene.edit('prompts/color.md', '`blue`: navy', '`red`: navy');
  scene.edit('prompts/color.md', '`other`: crimson', '`blue`: crimson');
  scene.write('fork-was-here.txt', 'A file of the fork.\n');
  forkHead = scene.push('A bad day for the prompt', { isFork: true });
  const { code } = await runOwnJob();
  expect(code).toBe(1);
  expect(scene.github.requests).toHaveLength(0);
});

afterAll(() => scene.github.close());

beforeEach(() => {
  const { world } = scene.github;
  world.comments.splice(0);
  world.checks.splice(0);
  scene.handOver();
});

function publish(cwd = base, head = forkHead): Promise<CommandResult> {
  const env = scene.jobEnv({ name: 'workflow_run', payload: workflowRunPayload(head) });
  return touchstone(['ci'], { cwd, env });
}

async function runOwnJob(): Promise<CommandResult> {
  const env = { ...scene.pullRequestEnv({ isFork: true }), GITHUB_RUN_ID: '555' };
  return touchstone(['ci'], { cwd: scene.cwd, env });
}

/** A handover in which one file was changed by hand. */
function forge<T>(name: string, change: (content: T) => void) {
  return (entries: ZipEntry[]): ZipEntry[] =>
    entries.map((entry) => {
      if (entry.name !== name) return entry;
      const content: T = JSON.parse(entry.content.toString());
      change(content);
      return { name, content: JSON.stringify(content) };
    });
}

const saySuccess = forge<Handover>('handover.json', (handover) => {
  handover.conclusion = 'success';
});
const makeRight = forge<RunRecord>('runs/color.json', ({ cases }) => {
  for (const { expected, answers } of cases)
    for (const answer of answers) if (answer.status === 'answered') answer.label = expected;
});

function posted() {
  const { comments, checks } = scene.github.world;
  expect(comments).toHaveLength(1);
  expect(checks).toHaveLength(1);
  return { comment: comments[0]?.body ?? '', check: checks[0] };
}

describe('the job that posts for a fork', () => {
  it('posts the verdict, with nothing of the fork in its work tree', async () => {
    const { code, out } = await publish();
    expect(code).toBe(1);
    const { comment, check } = posted();
    expect(check).toMatchObject({ conclusion: 'failure', head_sha: forkHead, name: 'touchstone' });
    expect(check?.annotations[0]).toMatchObject({ path: 'prompts/color.md' });
    expect(comment).toMatch(/accuracy of color.*no worse than the baseline/);
    expect(comment).toContain(`<!-- touchstone:commit ${forkHead} -->`);
    expect(comment).not.toMatch(/refused|not believed/);
    expect(out).not.toMatch(WORKFLOW_COMMAND);
    const git = (...args: string[]) => execFileSync('git', args, { cwd: base, encoding: 'utf8' });
    expect(git('status', '--porcelain')).toBe('');
    expect(git('rev-parse', '--abbrev-ref', 'HEAD').trim()).toBe('main');
    expect(existsSync(path.join(base, 'fork-was-here.txt'))).toBe(false);
    expect(scene.github.storageRequests.every(({ authorized }) => !authorized)).toBe(true);
  });

  it('does not believe a forged verdict, nor forged answers, whatever was answered before', async () => {
    scene.handOver((entries) => makeRight(saySuccess(entries)));
    const { code } = await publish(scene.cloneBase('forged'));
    expect(code).toBe(1);
    const { comment, check } = posted();
    expect(check?.conclusion).toBe('failure');
    expect(comment).toContain('“success”');
    expect(comment).toContain('not believed');
  });

  it('posts nothing where the pull request was closed or has moved on', async () => {
    const [pull] = scene.github.world.pulls;
    if (pull === undefined) throw new Error('no pull request');
    for (const change of [{ state: 'closed' as const }, { head: { ...pull.head, sha: 'b'.repeat(40) } }]) {
      scene.github.world.pulls[0] = { ...pull, ...change };
      const { code, out } = await publish();
      expect(code).toBe(0);
      expect(out).toContain('nothing to post');
    }
    scene.github.world.pulls[0] = pull;
    expect(scene.github.world.comments).toHaveLength(0);
    expect(scene.github.world.checks).toHaveLength(0);
  });

  it('says so where it may not post', async () => {
    const { identities } = scene.github.world;
    const before = new Map(identities);
    for (const identity of identities.values()) identity.mayWrite = false;
    const { code, err } = await publish();
    for (const [token, identity] of before)
      Object.assign(identities.get(token) ?? {}, identity, { mayWrite: true });
    expect(code).toBe(3);
    expect(err).toContain('checks: write');
    expect(err).toContain('Nothing was posted on pull request 7');
  });
});

describe('a handover', () => {
  let brokenHead: string;

  beforeAll(async () => {
    scene.edit('suites/color.yaml', 'rule: floor', 'rule: flor');
    brokenHead = scene.push('Broken', { isFork: true });
    const { code } = await runOwnJob();
    expect(code).toBe(2);
  });

  const leadsOut = '../../../../../../../../../../tmp/touchstone-evil';
  it.each<[string, RegExp, () => void]>([
    [
      'of a wrong schema',
      /verdict/,
      () =>
        scene.handOver(
          forge<Record<string, unknown>>('handover.json', (handover) => {
            handover.verdict = 'good';
          }),
        ),
    ],
    [
      'whose archive leads out of its folder',
      /touchstone-evil/,
      () => scene.handOver((entries) => [...entries, { name: leadsOut, content: 'evil' }]),
    ],
    [
      'of 200 MB',
      /larger than/,
      () => {
        for (const artifact of scene.github.world.artifacts) artifact.sizeInBytes = 200 * 1024 * 1024;
      },
    ],
    [
      'that never ends, whatever its size is said to be',
      /larger than/,
      () => {
        for (const artifact of scene.github.world.artifacts) artifact.archive = 'endless';
      },
    ],
    [
      'of another repository’s run',
      /not of this repository/,
      () => {
        for (const run of scene.github.world.runs) run.repositoryId = 5;
      },
    ],
    [
      'that has expired',
      /expired/,
      () => {
        for (const artifact of scene.github.world.artifacts) artifact.expired = true;
      },
    ],
  ])('%s is refused, and the commit is judged all the same', async (_, reason, spoil) => {
    spoil();
    const { code } = await publish(base, brokenHead);
    expect(code).toBe(1);
    const { comment, check } = posted();
    expect(check?.conclusion).toBe('failure');
    expect(comment).toMatch(/handed over was refused/);
    expect(comment.replaceAll(/&#(\d+);/g, (__, number) => String.fromCharCode(Number(number)))).toMatch(
      reason,
    );
    expect(existsSync(path.join('/tmp', 'touchstone-evil'))).toBe(false);
  });
});
