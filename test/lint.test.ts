import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { touchstone } from './command.ts';
import { lintFiles, SOUND, swapped } from './lint-project.ts';
import { copyShippedProject, makeWorkspace } from './workspace.ts';

const broken = makeWorkspace(
  lintFiles({
    prompt: swapped(
      swapped(SOUND.prompt, '- `travel`: trains', '- `travle`: trains'),
      'a journey is talked about',
      `a journey such as: ${SOUND.conversations[0]?.messages[0]?.content} and \`Food\`\u001b[2J`,
    ),
  }),
);

describe('touchstone lint', () => {
  it('finds nothing to mend in the shipped project, and leaves nothing behind', async () => {
    const cwd = copyShippedProject();
    const { code, out, err } = await touchstone(['lint'], { cwd });
    expect(err).toBe('');
    expect(out).toMatch(/^prompts\/affective\.md:11 {2}note {2}cache {2}/);
    expect(out).toMatch(/^0 errors, 0 warnings, 6 notes$/m);
    expect(code).toBe(0);
    expect((await touchstone(['lint', 'sentiment', '--strict'], { cwd })).code).toBe(0);
  });

  it('prints findings in the order of the file, exits with 1 for an error, and shows no conversation', async () => {
    const { code, out } = await touchstone(['lint', '--ignore', 'cache', 'tokens-per-call'], { cwd: broken });
    expect(out.split('\n').map((line) => line.split('  ').slice(0, 3).join(' '))).toEqual([
      'prompts/wish.md:11 error label-differs',
      'prompts/wish.md:17 warning golden-quoted',
      'prompts/wish.md:17 warning label-differs',
      '',
      '1 error, 2 warnings, 0 notes',
      '',
    ]);
    expect(out).toContain('Did you mean "travel"? Write it as the suite does.');
    expect(out).not.toContain('leeks');
    expect(code).toBe(1);
    expect((await touchstone(['lint', '--rule', 'golden-quoted'], { cwd: broken })).code).toBe(0);
    expect((await touchstone(['lint', '--rule', 'golden-quoted', '--strict'], { cwd: broken })).code).toBe(1);
  });

  it('shows the texts side by side when asked to, without what could command a terminal', async () => {
    const args = ['lint', '--rule', 'golden-quoted', '--with-text'];
    const { out } = await touchstone(args, { cwd: broken });
    expect(out).toMatch(
      /^ {4}prompt \| What shall I cook tonight.*\n {4}golden \| What shall I cook tonight/m,
    );
    expect(out).not.toContain('\u001b');
  });

  it('prints JSON with a version, the same at every run', async () => {
    const runs = await Promise.all([1, 2].map(() => touchstone(['lint', '--json'], { cwd: broken })));
    const [first, second] = runs.map(({ out }) => out);
    expect(first).toBe(second);
    const printed = JSON.parse(first ?? '');
    expect(printed).toMatchObject({
      touchstone: 'lint',
      version: 1,
      counts: { error: 1, warning: 2, note: 2 },
    });
    expect(printed.findings[2]).toEqual({
      file: 'prompts/wish.md',
      line: 11,
      rule: 'label-differs',
      severity: 'error',
      what: '"travle" is no label or field of the task',
      mend: 'Did you mean "travel"? Write it as the suite does',
    });
  });

  it('prints workflow commands with paths from the root of the repository', async () => {
    const files = Object.entries(
      lintFiles({ prompt: swapped(SOUND.prompt, '`travel`: trains', '`travle`: 100%') }),
    );
    const root = makeWorkspace(Object.fromEntries(files.map(([name, content]) => [`gate/${name}`, content])));
    execFileSync('git', ['init', '-q'], { cwd: root });
    const args = ['lint', '--format', 'github', '--rule', 'label-differs'];
    const { code, out } = await touchstone(args, { cwd: path.join(root, 'gate', 'suites') });
    expect(out).toBe(
      '::error file=gate/prompts/wish.md,line=11,title=touchstone lint%3A label-differs::"travle" is no label or field of the task. Did you mean "travel"? Write it as the suite does.\n',
    );
    expect(code).toBe(1);
  });

  it.each([
    [
      'an unknown check',
      ['--rule', 'label-difers'],
      /^--rule: no check is called "label-difers"\. Did you mean "label-differs"/m,
    ],
    ['an unknown check to leave out', ['--ignore', 'leak'], /^--ignore: no check is called "leak"/m],
    ['an unknown suite', ['whish'], /no suite is called "whish"\. Did you mean "wish"/],
    ['two forms at once', ['--json', '--format', 'github'], /cannot be used with option '--json'|conflict/],
    ['a model that is none', ['--model', 'embeded'], /no model "embeded"/],
  ])('refuses %s with exit code 2', async (_what, args, message) => {
    const { code, err } = await touchstone(['lint', ...args], { cwd: broken });
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  it('says everything that cannot be read at once, with exit code 2', async () => {
    const cwd = makeWorkspace(
      lintFiles({
        prompt: SOUND.prompt.replace('max_tokens', 'max_token'),
        suite: swapped(SOUND.suite, 'where: { tag: odd }', 'where: { tag: none }'),
      }),
    );
    const { code, out, err } = await touchstone(['lint'], { cwd });
    expect(out).toBe('');
    expect(err).toMatch(/^prompts\/wish\.md:2: unknown property "max_token"/m);
    expect(err).toMatch(/^suites\/wish\.yaml:11 \(must_pass\): no case has the tag "none"|max_token/m);
    expect(code).toBe(2);
  });

  it('explains itself', async () => {
    const { code, out } = await touchstone(['lint', '--help'], { cwd: broken });
    expect(out).toMatch(/Checks:\n {2}label-differs/);
    expect(out).toMatch(/Example:\n {2}touchstone lint/);
    expect(code).toBe(0);
  });
});
