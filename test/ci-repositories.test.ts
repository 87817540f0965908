import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { colorProject } from './color-classifier.ts';
import { type CommandResult, touchstone } from './command.ts';
import type { Behaviour } from './github-api/behaviour.ts';
import { type PullRequestScene, pullRequestScene, withAcceptedRun } from './pull-request.ts';

/** A second suite that asks the same. */
function paintProject(): Record<string, unknown> {
  const files = colorProject();
  const suite = String(files['suites/color.yaml']);
  return {
    ...files,
    'suites/paint.yaml': suite.replace('name: color', 'name: paint'),
    'goldens/labels/paint.jsonl': files['goldens/labels/color.jsonl'],
  };
}

const limits: Behaviour[] = [];
let accepted: Record<string, unknown>;
let scene: PullRequestScene;

beforeAll(async () => {
  accepted = await withAcceptedRun(paintProject());
  scene = await pullRequestScene(accepted, undefined, {
    behave: ({ route }) => (route.startsWith('POST /repos') ? limits.shift() : undefined),
  });
});

afterAll(() => scene.github.close());

beforeEach(() => {
  scene.git('checkout', '--quiet', '--force', '-B', 'change', 'main');
  scene.github.world.comments.splice(0);
  scene.github.world.checks.splice(0);
});

/** As in any CI system. */
function ci(...args: string[]): Promise<CommandResult> {
  return touchstone(['ci', ...args], { cwd: scene.cwd, env: { TOUCHSTONE_BASE: 'origin/main' } });
}

/** As the workflow runs it, with comment and check. */
function onGithub(env: Record<string, string> = {}): Promise<CommandResult> {
  return touchstone(['ci'], { cwd: scene.cwd, env: { ...scene.pullRequestEnv(), ...env } });
}

const summary = () => readFileSync(path.join(scene.cwd, '.touchstone/ci/summary.md'), 'utf8');
const suitesRun = () => readdirSync(path.join(scene.cwd, '.touchstone/ci/handover/runs'));

describe('what is checked', () => {
  it('is the difference from the merge base, whatever landed on the branch since', async () => {
    scene.git('checkout', '--quiet', 'main');
    scene.edit('suites/color.yaml', 'min: 0.8', 'min: 0.9');
    scene.git('commit', '--quiet', '--all', '--message=Stricter');
    scene.git('push', '--quiet', 'origin', 'main');
    scene.git('checkout', '--quiet', '-B', 'change', 'main~1');
    scene.write('notes.txt', 'No prompt.\n');
    scene.push('Notes');
    const { code, out } = await ci();
    scene.git('push', '--quiet', '--force', 'origin', 'main~1:main');
    scene.git('branch', '--quiet', '--force', 'main', 'main~1');
    expect(code).toBe(0);
    expect(out).toContain('success: no prompt, suite or golden changed');
    expect(suitesRun()).toEqual([]);
  });

  it('is asked nothing where a prompt was only renamed', async () => {
    scene.git('mv', 'prompts/color.md', 'prompts/colour.md');
    for (const suite of ['color', 'paint'])
      scene.edit(`suites/${suite}.yaml`, 'prompts/color.md', 'prompts/colour.md');
    scene.push('Renamed');
    const { code } = await ci();
    expect(code).toBe(0);
    expect(summary()).toContain('prompt renamed');
    expect(summary()).toContain('0 questions asked');
  });

  it('is a suite that is gone, which a person must allow', async () => {
    scene.git('rm', '--quiet', 'suites/paint.yaml');
    scene.push('Less to worry about');
    const { code, out } = await onGithub();
    expect(code).toBe(1);
    expect(out).toContain('failure: the gate is closed by paint');
    expect(scene.github.world.comments[0]?.body).toMatch(/paint<\/code> is gone: .*needs a person/);
    const allowed = await ci('--allow-goalposts');
    expect(allowed.code).toBe(0);
  });

  it('knows labels again that moved to another file, and names what changed on the way', async () => {
    scene.git('mv', 'goldens/labels/color.jsonl', 'goldens/labels/hues.jsonl');
    scene.edit('suites/color.yaml', 'prompt:', 'labels: hues\nprompt:');
    scene.push('Moved');
    const moved = await ci();
    expect(moved.code).toBe(1);
    expect(summary()).toContain('labels taken from another file');
    expect(summary()).toContain('1 change of the goalposts');
    expect(suitesRun()).toEqual(['color.json']);
    expect(summary()).toContain('0 questions asked');

    scene.edit('goldens/labels/hues.jsonl', '"color":"red"', '"color":"blue"');
    scene.push('Moved, and changed');
    const changed = await ci();
    expect(changed.code).toBe(1);
    expect(summary()).toContain('label of red-0 changed');
  });

  it('is refused where one golden moved to another suite’s labels', async () => {
    const labels = readFileSync(path.join(scene.cwd, 'goldens/labels/color.jsonl'), 'utf8').split('\n');
    const [moved = ''] = labels.splice(1, 1);
    scene.write('goldens/labels/color.jsonl', labels.join('\n'));
    const paint = readFileSync(path.join(scene.cwd, 'goldens/labels/paint.jsonl'), 'utf8');
    scene.write('goldens/labels/paint.jsonl', `${paint}${moved}\n`);
    scene.push('One moved');
    const { code, out } = await ci();
    expect(code).toBe(2);
    expect(out).toMatch(/goldens\/labels\/color\.jsonl: .*the conversation has no label/);
    expect(out).toMatch(/goldens\/labels\/paint\.jsonl:37: .*labelled already on line 2/);
  });

  it('is no suite that the change leaves alone, nor one that was not asked for', async () => {
    scene.edit('suites/paint.yaml', 'min: 0.8', 'min: 0.85');
    scene.push('Stricter');
    const { code } = await ci();
    expect(code).toBe(0);
    expect(suitesRun()).toEqual(['paint.json']);

    const env = { TOUCHSTONE_BASE: 'origin/main', TOUCHSTONE_SUITES: ' color ' };
    const narrowed = await touchstone(['ci'], { cwd: scene.cwd, env });
    expect(narrowed.out).toContain('success: no prompt, suite or golden changed');
    expect(suitesRun()).toEqual([]);
    expect(existsSync(path.join(scene.cwd, '.touchstone/ci/report/index.html'))).toBe(false);

    const misspelt = await ci('colour');
    expect(misspelt.code).toBe(2);
    expect(misspelt.err).toContain('no suite is called "colour". Did you mean "color"?');
  });

  it('is refused where a merge left its marks in a baseline, with file and line', async () => {
    const name = 'suites/baselines/color.embedded.jsonl';
    const lines = readFileSync(path.join(scene.cwd, name), 'utf8').split('\n');
    const [theirs = ''] = lines.splice(5, 1);
    lines.splice(5, 0, '<<<<<<< HEAD', theirs, '=======', theirs, '>>>>>>> main');
    scene.write(name, lines.join('\n'));
    scene.push('Merged');
    const { code, out } = await onGithub();
    expect(code).toBe(2);
    expect(out).toContain(`${name}:6`);
    const [check] = scene.github.world.checks;
    expect(check?.conclusion).toBe('failure');
    expect(check?.annotations[0]).toMatchObject({ path: name, start_line: 6 });
  });
});

describe('where it is checked', () => {
  it('may be another commit than the work tree’s, which is left alone, and which may be detached', async () => {
    scene.edit('suites/color.yaml', 'min: 0.8', 'min: 0.1');
    const commit = scene.push('Lower');
    scene.git('checkout', '--quiet', '--detach', 'main');
    scene.write('notes.txt', 'Mine.\n');
    const before = scene.git('status', '--porcelain');
    const short = await ci('--head', commit.slice(0, 10));
    expect(short.code).toBe(1);
    expect(short.out).toContain('failure: the gate is closed by color');
    expect(scene.git('status', '--porcelain')).toBe(before);
    expect(scene.git('rev-parse', 'HEAD')).toBe(scene.git('rev-parse', 'main'));
    const named = await ci('--head', 'change');
    expect(named.code).toBe(1);
    const own = await ci();
    expect(own.code).toBe(0);
    expect(own.out).toContain('no prompt, suite or golden changed');
  });

  it('must be whole enough: a shallow clone is told what to type, and that helps', async () => {
    scene.edit('suites/color.yaml', 'min: 0.8', 'min: 0.85');
    scene.push('Stricter');
    const shallow = path.join(scene.cwd, '../shallow');
    const origin = `file://${path.join(scene.cwd, '../origin')}`;
    scene.git('clone', '--quiet', '--depth=1', '--branch=change', origin, shallow);
    const env = { TOUCHSTONE_BASE: 'origin/main' };
    const { code, err } = await touchstone(['ci'], { cwd: shallow, env });
    expect(code).toBe(2);
    const [, command = ''] = /type (git fetch --unshallow .*)\.\n/.exec(err) ?? [];
    expect(command).toBe('git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main');
    execFileSync('git', command.split(' ').slice(1), { cwd: shallow, stdio: 'ignore' });
    const whole = await touchstone(['ci'], { cwd: shallow, env });
    expect(whole.code).toBe(0);
  });

  it('may be a folder of the repository: annotations have paths from its top', async () => {
    const files = Object.entries(accepted).map(([name, content]) => [`gate/${name}`, content]);
    const inside = await pullRequestScene(Object.fromEntries(files));
    try {
      inside.edit('gate/suites/color.yaml', 'min: 0.8', 'min: 0.1');
      const head = inside.push('Lower');
      const cwd = path.join(inside.cwd, 'gate');
      const { code } = await touchstone(['ci'], { cwd, env: inside.pullRequestEnv() });
      expect(code).toBe(1);
      expect(inside.github.world.checks[0]?.annotations[0]?.path).toBe('gate/suites/color.yaml');
      const env = { TOUCHSTONE_BASE: 'origin/main' };
      const asData = await touchstone(['ci', '--head', head], { cwd, env });
      expect(asData.code).toBe(1);
      expect(asData.out).toMatch(/^gate\/suites\/color\.yaml:\d+: /m);
    } finally {
      await inside.github.close();
    }
  });

  it('may be GitLab, which says what the change goes into', async () => {
    scene.edit('suites/color.yaml', 'min: 0.8', 'min: 0.1');
    scene.push('Lower');
    const env = { GITLAB_CI: 'true', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' };
    const { code, out } = await touchstone(['ci'], { cwd: scene.cwd, env });
    expect(code).toBe(1);
    expect(out).toContain('failure: the gate is closed by color');
    expect(out).not.toContain('::warning');
  });
});

describe('GitHub', () => {
  it('that lets nothing be written leaves the verdict as it is, with annotations in the log', async () => {
    scene.edit('suites/color.yaml', 'min: 0.8', 'min: 0.1');
    scene.push('Lower');
    const { identities } = scene.github.world;
    for (const identity of identities.values()) identity.mayWrite = false;
    const { code, out, err } = await onGithub();
    for (const identity of identities.values()) identity.mayWrite = true;
    expect(code).toBe(1);
    expect(err).toContain('403');
    expect(err).toContain('pull-requests: write');
    expect(out).toMatch(/^::warning file=suites\/color.yaml,line=\d+/m);
    expect(scene.github.world.comments).toHaveLength(0);
  });

  it('that asks for pauses gets them, and each thing once', async () => {
    scene.write('notes.txt', 'No prompt.\n');
    scene.push('Notes');
    limits.push({ kind: 'secondary-limit', retryAfter: '1' }, { kind: 'secondary-limit', retryAfter: '1' });
    const { code, err } = await onGithub();
    expect(code).toBe(0);
    expect(err).toContain('a pause of 1 s');
    expect(scene.github.world.checks).toHaveLength(1);
    expect(scene.github.world.comments).toHaveLength(1);
  });
});
