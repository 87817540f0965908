import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { InputError } from '../errors/errors.ts';
import { exportHead } from './export-head.ts';
import { type GitTree, openCommit } from './git-ref.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const suite = (prompt: string) => `name: color
prompt: ${JSON.stringify(prompt)}
fields:
  color: { kind: nominal, labels: [red, blue] }
headline: color.accuracy
rules: []
`;

const FILES = {
  'suites/color.yaml': suite('./prompts//color.md'),
  'suites/broken.yaml': 'name: [',
  'suites/notes.txt': 'no suite',
  'suites/baselines/color.embedded.jsonl': '{}\n',
  'goldens/conversations.jsonl': '{}\n',
  'goldens/code-book.md': 'no golden',
  'goldens/labels/color.jsonl': '{}\n',
  'goldens/open/color.jsonl': '{}\n',
  'prompts/color.md': 'A prompt.\n',
  'prompts/other.md': 'A prompt that no suite names.\n',
  '.gitattributes': '* text eol=crlf filter=evil\n',
  '.github/workflows/ci.yml': 'on: push\n',
  'package.json': '{}\n',
};

/** A repository with one commit, opened at it. */
function commitOf(files: Record<string, string>, links: Record<string, string> = {}): GitTree {
  const root = mkdtempSync(path.join(tmpdir(), 'touchstone-export-'));
  made.push(root);
  const place = (name: string) => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    return path.join(root, name);
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(place(name), text, { mode: 0o755 });
  for (const [name, target] of Object.entries(links)) symlinkSync(target, place(name));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
      ...{ cwd: root, stdio: 'ignore' },
      env: { PATH: process.env.PATH, HOME: root },
    });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message=files');
  return openCommit(root, 'HEAD');
}

function exported(tree: GitTree) {
  const { root, remove } = exportHead(tree);
  made.push(root);
  const names = readdirSync(root, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
  return { root, remove, names: names.sort() };
}

/** The problems that an export is refused for; nothing may be left of it. */
function refusal(tree: GitTree): string {
  const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('touchstone-head-'));
  const before = new Set(folders());
  try {
    made.push(exportHead(tree).root);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    for (const folder of folders().filter((name) => !before.has(name)))
      expect(existsSync(path.join(tmpdir(), folder, 'suites/color.yaml'))).toBe(false);
    return error.message;
  }
  throw new Error('nothing was refused');
}

describe('exportHead', () => {
  it('writes suites, baselines, goldens and the prompts that suites name, and nothing else', () => {
    expect(exported(commitOf(FILES)).names).toEqual([
      'goldens/conversations.jsonl',
      'goldens/labels/color.jsonl',
      'goldens/open/color.jsonl',
      'prompts/color.md',
      'suites/baselines/color.embedded.jsonl',
      'suites/broken.yaml',
      'suites/color.yaml',
    ]);
  });

  it('writes the bytes that git has, whatever attributes say, for the owner’s eyes alone and not to be run', () => {
    const { root } = exported(commitOf(FILES));
    const file = path.join(root, 'goldens/conversations.jsonl');
    expect(readFileSync(file, 'utf8')).toBe('{}\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(root).mode & 0o777).toBe(0o700);
  });

  it('leaves nothing behind when it is removed', () => {
    const { root, remove } = exported(commitOf(FILES));
    remove();
    expect(existsSync(root)).toBe(false);
    expect(remove).not.toThrow();
  });

  it('has a folder for suites where the commit has none, so that it is a project', () => {
    const { root, names } = exported(commitOf({ 'README.md': 'none\n' }));
    expect(names).toEqual([]);
    expect(statSync(path.join(root, 'suites')).isDirectory()).toBe(true);
  });

  it('leaves a prompt out that the commit does not have', () => {
    const tree = commitOf({ ...FILES, 'suites/color.yaml': suite('.git/config') });
    expect(exported(tree).names).not.toContain('.git/config');
  });

  it.each(['/etc/passwd', '../secret', 'prompts/../../secret', 'a\\b', 'prompts/', 'a b.md', 'a\u202eb.md'])(
    'refuses the prompt %j, by the suite that names it',
    (prompt) => {
      const tree = commitOf({ ...FILES, 'suites/color.yaml': suite(prompt) });
      expect(refusal(tree)).toMatch(
        /^suites\/color\.yaml: names the prompt ".*", a path that is not plain\./,
      );
    },
  );

  it('refuses a file whose name is not plain, and shows it escaped', () => {
    const tree = commitOf({ ...FILES, 'suites/a\n::error::b.yaml': 'name: a\n' });
    expect(refusal(tree)).toContain('"suites/a\\n::error::b.yaml": is a path that is not plain');
  });

  it.each(['prompts/color.md', 'suites/color.yaml', 'goldens/labels/color.jsonl', 'goldens'])(
    'refuses a symbolic link in the place of %s',
    (name) => {
      const rest = Object.entries(FILES).filter(([file]) => file !== name && !file.startsWith(`${name}/`));
      const tree = commitOf(Object.fromEntries(rest), { [name]: '/proc/self/environ' });
      expect(refusal(tree)).toContain('is a symbolic link');
    },
  );

  it('never reads or writes outside, whatever a suite calls its prompt', () => {
    const part = fc.oneof(
      fc.constantFrom('..', '.', '', '/', 'prompts', 'color.md', '\\', '~'),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const read: string[] = [];
        const bytes = new Map([
          ['suites/color.yaml', Buffer.from(suite(`p${parts.join('/')}`.slice(1) || 'x'))],
        ]);
        const tree: GitTree = {
          commit: 'a'.repeat(40),
          read: (file) => {
            read.push(file);
            return bytes.get(file) ?? (file.startsWith('suites/') ? null : Buffer.from('text'));
          },
          list: (folder) => (folder === 'suites' ? ['color.yaml'] : []),
        };
        try {
          const { root, remove } = exportHead(tree);
          for (const file of read) expect(path.join(root, file).startsWith(`${root}/`)).toBe(true);
          remove();
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
        expect(read.every((file) => !/(^|\/)\.\.(\/|$)|^\//.test(file))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
