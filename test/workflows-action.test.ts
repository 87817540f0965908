import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAction } from './workflows-file.ts';
import { actionFaults, expression } from './workflows-rules.ts';
import { makeWorkspace, REPOSITORY } from './workspace.ts';

const FOLDER = path.join(REPOSITORY, '.github', 'actions', 'touchstone');
const text = readFileSync(path.join(FOLDER, 'action.yml'), 'utf8');
const action = readAction(text);
const { steps } = action.runs;

/** Runs a step's script as the runner does, with what a workflow's variables may hold. */
function runStep(script: string | undefined, env: Record<string, string>) {
  const cwd = makeWorkspace({ outputs: '' });
  const { status, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script ?? ''],
    {
      cwd,
      encoding: 'utf8',
      env: {
        ...{ PATH: `${path.dirname(process.execPath)}:${process.env.PATH}`, HOME: cwd },
        ...{ GITHUB_ACTION_PATH: FOLDER, GITHUB_OUTPUT: path.join(cwd, 'outputs'), ...env },
      },
    },
  );
  return { status, stderr, cwd, outputs: readFileSync(path.join(cwd, 'outputs'), 'utf8') };
}

/** The one step that a test is about. */
function stepWith(part: string) {
  const found = steps.filter((step) => JSON.stringify(step).includes(part));
  expect(found).toHaveLength(1);
  return found[0] ?? {};
}

describe('the composite action', () => {
  it('keeps the rules that the workflows keep', () => {
    expect(actionFaults(text)).toEqual([]);
    expect(text).not.toContain('secrets.');
  });

  it('has four inputs, all of them optional, and one output', () => {
    const defaults = Object.entries(action.inputs).map(([name, input]) => [
      name,
      input.required,
      input.default,
    ]);
    expect(defaults).toEqual([
      ['suites', false, ''],
      ['model', false, 'embedded'],
      ['base', false, ''],
      ['budget', false, '5'],
    ]);
    expect(Object.keys(action.outputs)).toEqual(['conclusion']);
    expect(action.outputs.conclusion?.value).toBe(expression('steps.touchstone.outputs.conclusion'));
    expect(stepWith('bin/touchstone.js').id).toBe('touchstone');
  });

  it('installs with no script of a package, and with neither key nor token in reach', () => {
    const install = stepWith('npm ci');
    expect(install.run).toContain('npm ci --omit=dev --ignore-scripts');
    expect(install.env).toEqual({ ANTHROPIC_API_KEY: '', GITHUB_TOKEN: '' });
  });

  it('saves answers where only the pull request itself, or the branch, reads them', () => {
    const save = stepWith('actions/cache/save');
    expect(save.if).toContain("(github.event_name == 'pull_request' || github.event_name == 'push')");
    expect(save.with).toEqual({
      path: stepWith('cache/restore').with?.path,
      key: stepWith('cache/restore').with?.key,
    });
  });

  it('leaves the report and the handover also where the gate is closed', () => {
    const uploads = steps.filter(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    expect(uploads.map((step) => [step.if, step.with?.name, step.with?.path])).toEqual([
      ['always()', 'touchstone-report', '.touchstone/ci/report'],
      ['always()', 'touchstone-handover', '.touchstone/ci/handover'],
    ]);
  });

  it('keys the cache of packages by its own lock file, wherever it lies', () => {
    const { status, outputs } = runStep(stepWith('git hash-object').run, {});
    expect(status).toBe(0);
    expect(outputs).toMatch(/^lock=[0-9a-f]{40}\n$/);
  });

  it('gives inputs to the command as data, whatever they hold', () => {
    const hostile = '"; touch pwned; $(touch pwned) `touch pwned` \' > pwned && touch pwned #';
    const names = ['TOUCHSTONE_SUITES', 'TOUCHSTONE_MODEL', 'TOUCHSTONE_BASE', 'TOUCHSTONE_BUDGET'];
    const step = stepWith('bin/touchstone.js');
    expect(Object.keys(step.env ?? {})).toEqual(names);
    const { status, stderr, cwd } = runStep(
      step.run,
      Object.fromEntries(names.map((name) => [name, hostile])),
    );
    expect(stderr).not.toContain('syntax error');
    expect(status).toBe(2);
    expect(readdirSync(cwd)).not.toContain('pwned');
  });
});

describe('the rules for the action', () => {
  it.each([
    ['run: node "', `run: node "${expression('inputs.suites')}`, 'expression in its script'],
    ['      shell: bash\n      run: echo', '      shell: sh\n      run: echo', 'no bash'],
    [
      `TOUCHSTONE_BASE: ${expression('inputs.base')}`,
      'TOUCHSTONE_BASE: main',
      'input base reaches no environment',
    ],
    ['@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0', '@v4', 'not pinned'],
    ['# v5.0.0', '', 'not pinned'],
  ])('find %j changed to %j', (from, to, fault) => {
    expect(text).toContain(from);
    expect(actionFaults(text.replace(from, () => to)).join('\n')).toContain(fault);
  });

  it('take no file with a key twice', () => {
    expect(() => readAction(text.replace('using: composite', 'using: composite\n  using: node24'))).toThrow(
      'unique',
    );
  });
});
