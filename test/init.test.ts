import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import { type InitOptions, initCommand } from '../src/cli/init.ts';
import { EXIT } from '../src/errors/errors.ts';
import { touchstone } from './command.ts';
import { makeWorkspace } from './workspace.ts';

const FILES = [
  '.github/workflows/prompts-label.yml',
  '.github/workflows/prompts-publish.yml',
  '.github/workflows/prompts.yml',
  '.gitignore',
  'goldens/conversations.jsonl',
  'goldens/labels/library.jsonl',
  'prompts/library.md',
  'suites/library.yaml',
];

/** A repository with these files, on the branch `main`, with nothing committed. */
function makeRepository(files: Record<string, unknown> = {}): string {
  const cwd = makeWorkspace(files);
  git(cwd, 'init', '--quiet', '--initial-branch=main');
  return cwd;
}

function git(cwd: string, ...args: string[]): void {
  execFileSync('git', args, { cwd, stdio: 'ignore' });
}

/** Runs the command in this process; its exit code, or what it throws, and what it printed. */
function init(cwd: string, options: Partial<InitOptions> = {}, columns = 100): { code: number; out: string } {
  let out = '';
  const write = (text: string) => {
    out += text;
  };
  const terminal = { cwd, env: {}, out: write, err: write, chalk: new Chalk({ level: 0 }), columns };
  const code = initCommand({ dir: '.', name: 'library', ...options }, { ...terminal, isInteractive: false });
  return { code, out };
}

/** Every file outside of `.git`, with its text. */
function contentsOf(cwd: string): Record<string, string> {
  const names = readdirSync(cwd, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/^\.git(\/|$)/.test(name) && statSync(path.join(cwd, name)).isFile())
    .sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(cwd, name), 'utf8')]));
}

describe('a first run', () => {
  it('works at once, can be accepted, and notices a prompt that got worse', async () => {
    const cwd = makeRepository();
    const started = await touchstone(['init'], { cwd });
    expect(started).toMatchObject({ code: EXIT.held, err: '' });
    expect(Object.keys(contentsOf(cwd))).toEqual(FILES);
    for (const file of FILES) expect(started.out).toContain(`  ${file}\n`);

    const first = await touchstone(['run'], { cwd });
    expect(first).toMatchObject({ code: EXIT.held, err: '' });
    expect(first.out).toContain('library: held, accuracy of topic is 100.0%');
    expect(await touchstone(['accept'], { cwd })).toMatchObject({ code: EXIT.held, err: '' });

    git(cwd, 'add', '.');
    const tracked = execFileSync('git', ['ls-files'], { cwd, encoding: 'utf8' }).trim().split('\n');
    expect(tracked).toEqual([...FILES, 'suites/baselines/library.embedded.jsonl'].sort());

    const prompt = path.join(cwd, 'prompts/library.md');
    const better = readFileSync(prompt, 'utf8');
    const worse = better.replace(/^- `account`:[\s\S]*?\n\n/m, '- `account`: anything else.\n\n');
    expect(worse).not.toBe(better);
    writeFileSync(prompt, worse);
    const second = await touchstone(['run'], { cwd });
    expect(second).toMatchObject({ code: EXIT.notHeld, err: '' });
    expect(second.out).toMatch(/regressed every case right in topic: \d of 10 wrong: .*c00/);
    expect(second.out).toMatch(/^library: regressed, .*; \d conversations? broke, 0 were fixed$/m);
  });

  it('is under any name that a suite can have', async () => {
    const cwd = makeRepository();
    init(cwd, { name: 'null' });
    const { code, out } = await touchstone(['run', 'null'], { cwd });
    expect(code).toBe(EXIT.held);
    expect(out).toContain('null: held');
  });

  it('stands beside suites of other names', () => {
    const cwd = makeRepository({ 'suites/theirs.yaml': 'name: theirs\n', 'goldens/README.md': 'Ours.\n' });
    expect(init(cwd).code).toBe(EXIT.held);
    expect(Object.keys(contentsOf(cwd))).toEqual(
      [...FILES, 'goldens/README.md', 'suites/theirs.yaml'].sort(),
    );
  });
});

describe('what touchstone init refuses', () => {
  it('overwriting: all files in the way are named, and nothing is changed', async () => {
    const cwd = makeRepository();
    init(cwd);
    const before = contentsOf(cwd);
    const again = await touchstone(['init'], { cwd });
    expect(again).toMatchObject({ code: EXIT.wrongInput, out: '' });
    for (const file of FILES.filter((name) => name !== '.gitignore')) {
      expect(again.err).toContain(`${file}: is there already. `);
    }
    expect(again.err).toContain('7 problems; nothing was run.');
    expect(contentsOf(cwd)).toEqual(before);
  });

  it('a part of the files, where one of them is there', () => {
    const cwd = makeRepository({ 'goldens/conversations.jsonl': 'theirs\n' });
    expect(() => init(cwd)).toThrow(/^goldens\/conversations\.jsonl: is there already\. [^\n]*$/);
    expect(contentsOf(cwd)).toEqual({ 'goldens/conversations.jsonl': 'theirs\n' });
  });

  it.each(['../x', 'a b', '', 'Library', 'x/y', '$(id)', `a${'\u001b'}[2J`, 'a'.repeat(49)])(
    'the name %j',
    (name) => {
      const cwd = makeRepository();
      expect(() => init(cwd, { name })).toThrow(
        /^--name: "[^\u001b]*" cannot be the name of a suite\. Use small/,
      );
      expect(contentsOf(cwd)).toEqual({});
    },
  );

  it('a folder that is not there, together with all else that is wrong', () => {
    const cwd = makeRepository({ file: '' });
    const mistakes = { dir: 'nowhere', name: 'A', action: 'b' };
    expect(() => init(cwd, mistakes)).toThrow(/^--action: .*\n--dir: "nowhere" is no folder.*\n--name: .*$/);
    expect(() => init(cwd, { dir: 'file' })).toThrow(/"file" is no folder/);
  });

  it('links that lead elsewhere, and names taken by something that is no folder', () => {
    const elsewhere = makeWorkspace({ 'kept.txt': '' });
    const cwd = makeRepository({ suites: '' });
    symlinkSync(elsewhere, path.join(cwd, 'prompts'));
    symlinkSync('nowhere', path.join(cwd, '.github'));
    symlinkSync(path.join(elsewhere, 'kept.txt'), path.join(cwd, '.gitignore'));
    mkdirSync(path.join(cwd, 'goldens'));
    symlinkSync('../suites', path.join(cwd, 'goldens/labels'));
    expect(() => init(cwd)).toThrow(
      [
        '.github: is a link that leads nowhere. Put a folder in its place.',
        '.gitignore: is a link. Put a file in its place.',
        'goldens/labels: is not a folder. Put a folder in its place.',
        'prompts: is a link that leads elsewhere. Put a folder in its place.',
        'suites: is not a folder. Put a folder in its place.',
      ].join('\n'),
    );
    expect(contentsOf(elsewhere)).toEqual({ 'kept.txt': '' });
    expect(readdirSync(path.join(cwd, 'goldens'))).toEqual(['labels']);
  });

  it('but not a link to a folder of the same repository', () => {
    const cwd = makeRepository({ 'docs/prompts/README.md': '' });
    symlinkSync('docs/prompts', path.join(cwd, 'prompts'));
    expect(init(cwd).code).toBe(EXIT.held);
    expect(readdirSync(path.join(cwd, 'docs/prompts'))).toEqual(['README.md', 'library.md']);
  });
});

describe('.gitignore', () => {
  it('gets one more line, and keeps its bytes, whatever they mean', () => {
    const before = Buffer.from([0x62, 0xe9, 0x0d, 0x0a, 0x63]);
    const cwd = makeRepository({ '.gitignore': before });
    expect(init(cwd).out).toContain('.gitignore: a line added\n');
    const after = readFileSync(path.join(cwd, '.gitignore'));
    expect(after).toEqual(Buffer.concat([before, Buffer.from('\r\n.touchstone/\r\n')]));
  });

  it('stays as it is where it has the line', () => {
    const cwd = makeRepository({ '.gitignore': '.touchstone/' });
    expect(init(cwd).out).not.toContain('.gitignore');
    expect(readFileSync(path.join(cwd, '.gitignore'), 'utf8')).toBe('.touchstone/');
  });
});

describe('the closing text', () => {
  it('says where the workflows would not be found', () => {
    expect(init(makeWorkspace({})).out).toContain('The workflows need a git repository on GitHub');
    const { code, out } = init(makeRepository({ 'sub/README.md': '' }), { dir: 'sub' });
    expect(code).toBe(EXIT.held);
    expect(out).toMatch(/^Written in sub:\n/);
    expect(out).toContain("GitHub reads workflows at the repository's root alone");
    expect(out).toContain('Next, in sub:');
  });

  it('fits a narrow terminal', () => {
    const { out } = init(makeRepository(), {}, 46);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(46);
  });
});
