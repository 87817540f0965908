import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { colorProject } from './color-classifier.ts';
import { touchstone } from './command.ts';
import { type PullRequestScene, pullRequestScene } from './pull-request.ts';

const closing: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of closing.splice(0)) await each.close();
});

async function colorScene(): Promise<PullRequestScene> {
  const scene = await pullRequestScene(colorProject(), async (cwd) => {
    await touchstone(['run', '--no-report'], { cwd });
    await touchstone(['accept'], { cwd });
  });
  closing.push(scene.github);
  return scene;
}

describe('a pull request', () => {
  it('that touches no prompt, suite or golden succeeds at once, with no question', async () => {
    const scene = await colorScene();
    scene.edit('.gitignore', '.touchstone/', '.touchstone/\nnode_modules/');
    scene.push('Housekeeping');
    const { code, out } = await touchstone(['ci'], { cwd: scene.cwd, env: scene.pullRequestEnv() });
    expect(code).toBe(0);
    expect(out).toContain('success: no prompt, suite or golden changed');
    expect(scene.github.world.checks[0]?.conclusion).toBe('success');
    expect(scene.github.world.comments[0]?.body).toContain('0 questions asked');
  });

  it('that blesses itself with a lower floor needs a person', async () => {
    const scene = await colorScene();
    scene.edit('suites/color.yaml', 'min: 0.8', 'min: 0.1');
    scene.push('Lower');
    const { code } = await touchstone(['ci'], { cwd: scene.cwd, env: scene.pullRequestEnv() });
    expect(code).toBe(1);
    expect(scene.github.world.checks[0]).toMatchObject({ conclusion: 'failure' });
    expect(scene.github.world.comments[0]?.body).toMatch(/loosened.*0\.8.*0\.1/);
  });

  it('with broken files is told all of it, on their lines, with nothing asked', async () => {
    const scene = await colorScene();
    scene.edit('suites/color.yaml', 'rule: floor', 'rule: flor');
    scene.edit('goldens/labels/color.jsonl', '"red"', '"rot"');
    scene.push('Broken');
    const { code } = await touchstone(['ci'], { cwd: scene.cwd, env: scene.pullRequestEnv() });
    expect(code).toBe(2);
    const [check] = scene.github.world.checks;
    expect(check?.conclusion).toBe('failure');
    expect(check?.annotations.map(({ path: file }) => file)).toContain('suites/color.yaml');
  });

  it('from a fork is not posted by its own job: annotations go to the log, and a handover is left', async () => {
    const scene = await colorScene();
    scene.edit('suites/color.yaml', 'min: 0.8', 'min: 0.1');
    scene.push('From a fork');
    const env = scene.pullRequestEnv({ isFork: true });
    const { code, out } = await touchstone(['ci'], { cwd: scene.cwd, env });
    expect(code).toBe(1);
    expect(scene.github.requests).toHaveLength(0);
    expect(out).toMatch(/^::warning file=suites\/color.yaml,line=\d+/m);
    const file = path.join(scene.cwd, '.touchstone/ci/handover/handover.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ conclusion: 'failure', pull_request: 7 });
  });
});

describe('a plain shell', () => {
  it('is told the same by exit code, log and files', async () => {
    const scene = await colorScene();
    scene.edit('suites/color.yaml', 'min: 0.8', 'min: 0.85');
    const env = { TOUCHSTONE_BASE: 'origin/main' };
    const { code, out } = await touchstone(['ci'], { cwd: scene.cwd, env });
    expect(code).toBe(0);
    expect(out).toContain('success: the gate holds');
    expect(readFileSync(path.join(scene.cwd, '.touchstone/ci/summary.md'), 'utf8')).toContain('color');
  });

  it('must say what the change is to be merged into', async () => {
    const scene = await colorScene();
    const { code, err } = await touchstone(['ci'], { cwd: scene.cwd });
    expect(code).toBe(2);
    expect(err).toContain('TOUCHSTONE_BASE');
  });
});
