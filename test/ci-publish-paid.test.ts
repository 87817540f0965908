import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Handover } from '../src/schema/handover.ts';
import { type Api, startApi, TEST_KEY } from './anthropic-api/start-api.ts';
import { colorProject } from './color-classifier.ts';
import { type CommandResult, touchstone } from './command.ts';
import {
  type PullRequestScene,
  pullRequestScene,
  withAcceptedRun,
  workflowRunPayload,
} from './pull-request.ts';

const model = 'anthropic:claude-haiku-5-5';

let api: Api;
let scene: PullRequestScene;
let base: string;

beforeAll(async () => {
  api = await startApi();
  const env = { ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: api.url };
  scene = await pullRequestScene(await withAcceptedRun(colorProject(), { model, env }));
  base = scene.cloneBase('base');
});

afterAll(async () => {
  await Promise.all([api.close(), scene.github.close()]);
});

const asked = () => api.requests.length;
/** The stand-in's address without a key: a call would be seen. */
const noKey = () => ({ TOUCHSTONE_MODEL: model, ANTHROPIC_BASE_URL: api.url });

/** The fork's own job, which has no key; or one with it, as a fork may run at home. */
function ownJob(env: Record<string, string> = {}, isFork = true): Promise<CommandResult> {
  const job = { ...scene.pullRequestEnv({ isFork }), ...noKey(), GITHUB_RUN_ID: '555', ...env };
  return touchstone(['ci', ...(isFork ? [] : ['--no-post'])], { cwd: scene.cwd, env: job });
}

function publish(headSha: string, isFork = true): Promise<CommandResult> {
  const payload = workflowRunPayload(headSha, { isFork });
  return touchstone(['ci'], {
    cwd: base,
    env: { ...scene.jobEnv({ name: 'workflow_run', payload }), ...noKey() },
  });
}

const newest = () => ({
  check: scene.github.world.checks.at(-1),
  comment: scene.github.world.comments[0]?.body ?? '',
});

describe('a fork’s pull request to a model that costs money', () => {
  it('is replayed without a call where its requests are recorded', async () => {
    const before = asked();
    scene.edit('goldens/labels/color.jsonl', '"color":"red"', '"color":"blue"');
    const head = scene.push('One label', { isFork: true });
    const own = await ownJob();
    expect(own.code).toBe(1);
    scene.handOver();
    const { code } = await publish(head);
    expect(code).toBe(1);
    expect(newest().check).toMatchObject({ conclusion: 'failure', head_sha: head });
    expect(newest().comment).toContain('0 questions asked');
    expect(newest().comment).toMatch(/needs a person/);
    expect(newest().comment).not.toMatch(/refused|not believed/);
    expect(asked()).toBe(before);
  });

  it('waits for a label where answers are missing, and says how many', async () => {
    const before = asked();
    scene.git('checkout', '--quiet', '-B', 'change', 'main');
    scene.edit('prompts/color.md', 'the deep ocean', 'the wide ocean');
    const head = scene.push('Another sea', { isFork: true });
    const own = await ownJob();
    expect(own.code).toBe(3);
    expect(own.out).toContain('action_required: 36 answers missing');
    scene.handOver();
    const { code, out } = await publish(head);
    expect(code).toBe(0);
    expect(out).toContain('action_required: 36 answers missing');
    expect(newest().check).toMatchObject({
      conclusion: 'action_required',
      head_sha: head,
      title: '36 answers missing',
    });
    expect(newest().comment).toMatch(/36 cases without a recorded answer/);
    expect(newest().comment).toContain('label run-prompts');
    expect(asked()).toBe(before);
  });

  it('cannot bring the answers itself; a branch of this repository can', async () => {
    const head = scene.git('rev-parse', 'HEAD');
    const own = await ownJob({ ANTHROPIC_API_KEY: TEST_KEY }, false);
    expect(own.code).toBe(0);
    const before = asked();
    scene.handOver();
    await publish(head);
    expect(newest().check).toMatchObject({ conclusion: 'action_required', head_sha: head });
    expect(newest().comment).toContain('“success”');
    expect(newest().comment).toContain('not believed');

    for (const pull of scene.github.world.pulls) pull.head.repo = { id: 77, fullName: 'octo/prompts' };
    const { code } = await publish(head, false);
    expect(code).toBe(0);
    expect(newest().check).toMatchObject({ conclusion: 'success', head_sha: head });
    expect(newest().comment).toContain('0 questions asked');
    expect(scene.github.world.comments).toHaveLength(1);

    scene.handOver((entries) =>
      entries.map((entry) => {
        if (entry.name !== 'handover.json') return entry;
        const handover: Handover = JSON.parse(entry.content.toString());
        return { ...entry, content: JSON.stringify({ ...handover, model: 'embedded' }) };
      }),
    );
    await publish(head, false);
    expect(newest().check?.conclusion).toBe('action_required');
    expect(newest().comment).toMatch(/handed over was refused/);
    expect(asked()).toBe(before);
  });
});
