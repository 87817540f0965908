import { describe, expect, it } from 'vitest';
import { colorProject } from './color-classifier.ts';
import { touchstone } from './command.ts';
import { makeWorkspace } from './workspace.ts';

describe('a fourth classifier', () => {
  it('needs a prompt, a suite and labels, and no code', async () => {
    const cwd = makeWorkspace(colorProject());
    const first = await touchstone(['run'], { cwd });
    expect(first.err).toBe('');
    expect(first.out).toContain('no baseline yet: touchstone accept color');
    expect(first.out).toMatch(/accuracy of color at least 0\.8: is 100\.0%/);
    expect((await touchstone(['accept'], { cwd })).code).toBe(0);
    const second = await touchstone(['run'], { cwd });
    expect(second.code).toBe(0);
    expect(second.out).toMatch(/^color: held/m);
    expect(second.out).toContain('tag:even');
  });
});
