import { cpSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startApi, TEST_KEY } from './anthropic-api/start-api.ts';
import { touchstone } from './command.ts';
import { pullRequestScene } from './pull-request.ts';
import { REPOSITORY } from './workspace.ts';

const closing: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of closing.splice(0)) await each.close();
});

describe('a pull request', () => {
  it('that worsens a prompt is blocked, and the next push that repairs it turns the same comment green', async () => {
    const api = await startApi();
    closing.push(api);
    const asked = () => api.requests.filter(({ endpoint }) => endpoint === 'messages').length;
    const env = { ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: api.url };
    const model = 'anthropic:claude-haiku-5-5';
    const scene = await pullRequestScene({ 'README.md': '# prompts\n' }, async (cwd) => {
      for (const part of ['prompts', 'suites', 'goldens'])
        cpSync(path.join(REPOSITORY, part), path.join(cwd, part), { recursive: true });
      await touchstone(['run', 'pushback', '--model', model, '--no-report'], { cwd, env });
      await touchstone(['accept', 'pushback', '--model', model], { cwd });
    });
    closing.push(scene.github);
    const cases = asked();
    const { cwd, github } = scene;
    const ci = () =>
      touchstone(['ci'], { cwd, env: { ...env, ...scene.pullRequestEnv(), TOUCHSTONE_MODEL: model } });

    const exchange = () => {
      scene.edit('prompts/pushback.md', '- `true`: the', '- `other`: the');
      scene.edit('prompts/pushback.md', '- `false`: the', '- `true`: the');
      scene.edit('prompts/pushback.md', '- `other`: the', '- `false`: the');
    };
    exchange();
    const worse = scene.push('A bad day for the prompt');
    const blocked = await ci();
    expect(blocked.code).toBe(1);
    expect(asked()).toBe(2 * cases);
    const [comment] = github.world.comments;
    const [check] = github.world.checks;
    expect(github.world.comments).toHaveLength(1);
    expect(github.world.checks).toHaveLength(1);
    expect(check).toMatchObject({ conclusion: 'failure', head_sha: worse, name: 'touchstone' });
    const [broken] = /\bc\d{4}\b/.exec(comment?.body ?? '') ?? [];
    expect(comment?.body).toMatch(/accuracy of pushback.*no worse than the baseline/);
    expect(comment?.body).toMatch(/fell by \d+\.\d points \(\d+\.\d to \d+\.\d\)/);
    expect(check?.summary).toContain(broken);
    expect(check?.annotations[0]).toMatchObject({ path: 'prompts/pushback.md', annotation_level: 'failure' });

    exchange();
    const repaired = scene.push('Repaired');
    const open = await ci();
    expect(open.code).toBe(0);
    expect(asked()).toBe(2 * cases);
    expect(github.world.comments).toHaveLength(1);
    expect(github.world.comments[0]?.id).toBe(comment?.id);
    expect(github.world.comments[0]?.body).not.toMatch(/closed/);
    const green = github.world.checks.find(({ head_sha }) => head_sha === repaired);
    expect(green?.conclusion).toBe('success');
  });
});
