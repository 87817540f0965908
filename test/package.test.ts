import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { colorProject } from './color-classifier.ts';
import { makeWorkspace, REPOSITORY } from './workspace.ts';

/** Installing promptfoo takes a minute, so only `.ci/run` does it. */
describe.runIf(process.env.CI)('the published package', () => {
  it('works where its tarball is installed', { timeout: 600_000 }, () => {
    const { overrides } = JSON.parse(readFileSync(path.join(REPOSITORY, 'package.json'), 'utf8'));
    const { '@anthropic-ai/sdk': _shared, ...promptfoo } = overrides.promptfoo;
    const cwd = makeWorkspace({
      ...colorProject(),
      'package.json': { name: 'elsewhere', private: true, overrides: { ...overrides, promptfoo } },
    });
    const npm = (...args: string[]) =>
      execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    const [{ filename }] = JSON.parse(npm('pack', REPOSITORY, '--json', '--silent'));
    npm(
      'install',
      path.join(cwd, filename),
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    );
    const installed = path.join(cwd, 'node_modules', 'touchstone');
    expect(existsSync(path.join(installed, 'src'))).toBe(false);
    const run = () =>
      execFileSync(process.execPath, [path.join(installed, 'bin', 'touchstone.js'), 'run'], {
        cwd,
        encoding: 'utf8',
      });
    expect(run()).toMatch(/accuracy of color at least 0\.8: is 100\.0%/);
    expect(run()).toContain('nothing asked: every answer was recorded');
  });
});
