import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { colorProject } from './color-classifier.ts';
import { type CommandResult, touchstone } from './command.ts';
import {
  type PullRequestScene,
  pullRequestScene,
  withAcceptedRun,
  workflowRunPayload,
} from './pull-request.ts';

const SECRET = 'canary-7f3a1c';

let scene: PullRequestScene;
let base: string;
/** Written by whatever should never run. */
let canary: string;

beforeAll(async () => {
  scene = await pullRequestScene({ ...(await withAcceptedRun(colorProject())), 'secret.txt': `${SECRET}\n` });
  base = scene.cloneBase('base');
  writeFileSync(path.join(base, '.git', 'secret'), `${SECRET}\n`);
  canary = path.join(base, '..', 'canary');
});

afterAll(() => scene.github.close());

beforeEach(() => {
  scene.git('checkout', '--quiet', '--force', '-B', 'change', 'main');
  scene.github.world.comments.splice(0);
  scene.github.world.checks.splice(0);
});

/** No artifact is there, so everything comes from the commit. */
function publish(head: string, branch = 'change'): Promise<CommandResult> {
  const payload = workflowRunPayload(head);
  payload.workflow_run.head_branch = branch;
  for (const pull of scene.github.world.pulls) pull.head.ref = branch;
  scene.github.world.runs = [{ id: 555, repositoryId: 77 }];
  const env = { ...scene.jobEnv({ name: 'workflow_run', payload }), SECRET };
  return touchstone(['ci'], { cwd: base, env });
}

/** Everything that anybody can read of a run. */
function shown({ out, err }: CommandResult): string {
  const { comments, checks } = scene.github.world;
  const report = path.join(base, '.touchstone/ci/report/index.html');
  return [
    out,
    err,
    JSON.stringify({ comments, checks }),
    existsSync(report) ? readFileSync(report, 'utf8') : '',
  ].join('\n');
}

describe('the job that posts for a fork', () => {
  it.each(['../../../../../../../../proc/self/environ', '/proc/self/environ', '.git/secret'])(
    'does not read the prompt %s',
    async (prompt) => {
      scene.edit('suites/color.yaml', 'prompts/color.md', prompt);
      const result = await publish(scene.push('Elsewhere', { isFork: true }));
      expect(result.code).toBe(1);
      expect(scene.github.world.checks).toMatchObject([{ conclusion: 'failure' }]);
      expect(scene.github.world.comments[0]?.body).toMatch(/suites\/color\.yaml|no such file/);
      expect(scene.github.world.comments[0]?.body).toContain('the run has no such artifact');
      expect(shown(result)).not.toContain(SECRET);
    },
  );

  it.each(['prompts/color.md', 'goldens/labels/color.jsonl', 'suites'])(
    'does not follow a link in the place of %s',
    async (name) => {
      const file = path.join(scene.cwd, name);
      scene.git('rm', '-r', '--quiet', name);
      mkdirSync(path.dirname(file), { recursive: true });
      symlinkSync('/proc/self/environ', file);
      const result = await publish(scene.push('A link', { isFork: true }));
      expect(result.code).toBe(1);
      expect(scene.github.world.checks).toMatchObject([{ conclusion: 'failure' }]);
      expect(scene.github.world.comments[0]?.body).toContain('is a symbolic link');
      expect(shown(result)).not.toContain(SECRET);
    },
  );

  it('runs no hook, filter, driver, script or workflow', async () => {
    const program = path.join(base, '..', 'program');
    writeFileSync(program, `#!/bin/sh\necho "$0" >> ${canary}\ncat\n`);
    chmodSync(program, 0o755);
    const config = (key: string, value: string) => execFileSync('git', ['config', key, value], { cwd: base });
    for (const key of [
      'filter.evil.smudge',
      'filter.evil.clean',
      'filter.evil.process',
      'diff.evil.textconv',
    ])
      config(key, program);
    config('diff.evil.command', program);
    for (const hook of ['post-checkout', 'post-merge', 'reference-transaction', 'pre-auto-gc']) {
      const file = path.join(base, '.git/hooks', hook);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, `#!/bin/sh\necho hook >> ${canary}\n`);
      chmodSync(file, 0o755);
    }
    scene.write('.gitattributes', '* filter=evil diff=evil merge=evil\n');
    scene.write(
      '.github/workflows/prompts.yml',
      `on: push\njobs: { x: { steps: [{ run: "touch ${canary}" }] } }\n`,
    );
    scene.write(
      'package.json',
      JSON.stringify({ scripts: { prepare: `touch ${canary}`, touchstone: program } }),
    );
    scene.write('promptfooconfig.js', `require('fs').writeFileSync(${JSON.stringify(canary)}, '')\n`);
    scene.write('.npmrc', `script-shell=${program}\n`);
    scene.edit('suites/color.yaml', 'min: 0.8', 'min: 0.85');
    const head = scene.push('Programs', { isFork: true });
    const { code } = await publish(head);
    expect(code).toBe(0);
    expect(scene.github.world.checks).toMatchObject([{ conclusion: 'success', head_sha: head }]);
    expect(existsSync(canary)).toBe(false);
    for (const name of ['.gitattributes', '.github', 'package.json', '.npmrc'])
      expect(existsSync(path.join(base, name))).toBe(false);
  });

  it('shows a fork’s texts as text', async () => {
    const markup = '<img src=x onerror=alert(1)>@octo [x](http://evil.example) `$(touch canary)`';
    scene.write('suites/::error::<img src=x>@octo.yaml', 'name: "::set-output name=a::b"\n');
    scene.edit(
      'goldens/labels/color.jsonl',
      '"color":"red"',
      `"color":${JSON.stringify(`${markup}\n::stop-commands::x`)}`,
    );
    const result = await publish(
      scene.push(`${markup}\n\n::add-mask::a`, { isFork: true }),
      'x`$(id)`::error::',
    );
    expect(result.code).toBe(1);
    expect(scene.github.world.checks).toMatchObject([{ conclusion: 'failure' }]);
    expectInert(result);

    scene.git('rm', '--quiet', 'suites/::error::<img src=x>@octo.yaml');
    const second = await publish(scene.push('Only the label', { isFork: true }));
    expect(second.code).toBe(1);
    expect(scene.github.world.comments[0]?.body).toContain('goldens/labels/color.jsonl');
    expectInert(second);
  });
});

function expectInert({ out, err }: CommandResult): void {
  const body = scene.github.world.comments[0]?.body ?? '';
  expect(body).not.toMatch(/<img|\]\(http|@octo|\$\(touch/);
  expect(`${out}\n${err}`).not.toMatch(/^\s*::/m);
}
