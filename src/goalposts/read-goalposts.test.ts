import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openBase } from '../project/git-ref.ts';
import { compareGoalposts } from './compare-goalposts.ts';
import { describeChange } from './describe-change.ts';
import { folderTree } from './folder-tree.ts';
import { readGoalposts, suiteNamesIn, type Tree } from './read-goalposts.ts';

const SUITE = `name: mood
prompt: p.md
fields: { feeling: { kind: nominal, labels: [glad, sad] } }
headline: feeling.accuracy
rules:
  - { rule: floor, metric: feeling.accuracy, min: 0.5 }
`;
const HASH = 'a'.repeat(64);
const FILES = {
  'suites/mood.yaml': SUITE,
  'suites/baselines/mood.m.jsonl': `{"touchstone":"baseline","version":1,"suite":"mood","model":"m","prompt":"${HASH}","repeats":1,"cases":1,"fields":{"feeling":{"kind":"nominal","labels":["glad","sad"]}}}
{"id":"c1","text":"${HASH.slice(0, 16)}","request":"${HASH}","answers":[{"status":"answered","label":{"feeling":"glad"}}]}
`,
  'goldens/conversations.jsonl': `{"id":"c1","lang":"en","family":"f1","tags":[],"messages":[{"role":"user","content":"a"}]}
`,
  'goldens/labels/mood.jsonl': '{"id":"c1","feeling":"glad"}\n',
};
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function git(folder: string, ...args: string[]): void {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  execFileSync('git', [...identity, ...args], { cwd: folder, env, stdio: 'pipe' });
}

/** A project, committed, in a subfolder of a repository. */
function committedProject(): string {
  const repository = mkdtempSync(path.join(tmpdir(), 'touchstone-goalposts-'));
  made.push(repository);
  const root = path.join(repository, 'gate');
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  git(repository, 'init', '--quiet', '--initial-branch=main');
  git(repository, 'add', '--all');
  git(repository, 'commit', '--quiet', '-m', 'accepted');
  git(repository, 'checkout', '--quiet', '-b', 'topic');
  return root;
}

function edit(root: string, file: string, from: string, to: string): void {
  const text = readFileSync(path.join(root, file), 'utf8');
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} has no ${from}`);
  writeFileSync(path.join(root, file), changed);
}

function changesIn(root: string): string[] {
  const [base, head] = [openBase(root, 'main'), folderTree(root)];
  const changes = compareGoalposts(
    readGoalposts(base, 'mood', 'm', { shown: (file) => `main:${file}` }),
    readGoalposts(head, 'mood', 'm'),
  );
  return changes.map((change) => `${change.loosens ? '! ' : ''}${describeChange(change)}`);
}

function treeOf(files: Readonly<Record<string, string | Uint8Array>>): Tree {
  return {
    read: (name) => (files[name] === undefined ? null : Buffer.from(files[name])),
    list: (folder) =>
      Object.keys(files)
        .filter((name) => path.posix.dirname(name) === folder)
        .map((name) => path.posix.basename(name)),
  };
}

describe('goalposts of a commit beside those of the folder', () => {
  it('are the same where nothing was changed', () => {
    const root = committedProject();
    expect(suiteNamesIn(folderTree(root))).toEqual(['mood']);
    expect(suiteNamesIn(openBase(root, 'main'))).toEqual(['mood']);
    expect(changesIn(root)).toEqual([]);
    const { suite, labels, conversations, baseline } = readGoalposts(openBase(root, 'main'), 'mood', 'm');
    expect(suite?.suite.name).toBe('mood');
    expect(labels).toEqual(new Map([['c1', { feeling: 'glad' }]]));
    expect([conversations?.size, baseline?.cases.size]).toEqual([1, 1]);
  });

  it('are those of the base, whether or not the change is committed', () => {
    const root = committedProject();
    edit(root, 'goldens/labels/mood.jsonl', 'glad', 'sad');
    edit(root, 'suites/mood.yaml', 'min: 0.5', 'min: 0.1');
    edit(root, 'suites/baselines/mood.m.jsonl', '"feeling":"glad"}}]', '"feeling":"sad"}}]');
    const expected = [
      '! rule loosened: floor feeling.accuracy: min 0.5 -> 0.1',
      '! label of c1 changed: feeling glad -> sad',
      '! baseline rewritten: suites/baselines/mood.m.jsonl: answers changed in 1 case (c1); 1 case (c1) wrong now and right before',
    ];
    expect(changesIn(root)).toEqual(expected);
    git(root, 'commit', '--quiet', '--all', '-m', 'easier');
    expect(changesIn(root)).toEqual(expected);
  });

  it('are gone with a suite that was deleted, and new with one that was added', () => {
    const root = committedProject();
    rmSync(path.join(root, 'suites'), { recursive: true });
    expect(suiteNamesIn(folderTree(root))).toEqual([]);
    expect(changesIn(root)[0]).toBe('! suite mood removed');
    git(root, 'commit', '--quiet', '--all', '-m', 'no suite');
    git(root, 'checkout', '--quiet', 'main', '--', '.');
    git(root, 'branch', '--force', 'main', 'topic');
    expect(changesIn(root)).toEqual(['suite mood is new']);
  });

  it('do not include what landed on the base since', () => {
    const root = committedProject();
    git(root, 'checkout', '--quiet', 'main');
    edit(root, 'suites/mood.yaml', 'min: 0.5', 'min: 0.9');
    git(root, 'commit', '--quiet', '--all', '-m', 'stricter');
    git(root, 'checkout', '--quiet', 'topic');
    expect(changesIn(root)).toEqual([]);
  });
});

describe('a part that cannot be read', () => {
  const changesFrom = (base: Record<string, string | Uint8Array>) =>
    compareGoalposts(
      readGoalposts(treeOf(base), 'mood', 'm', { shown: (file) => `main:${file}` }),
      readGoalposts(treeOf(FILES), 'mood', 'm'),
    ).map((change) => `${change.loosens ? '! ' : ''}${describeChange(change)}`);

  it.each([
    ['suites/mood.yaml', 'name: mood\nversion: 0\n', 'suite'],
    ['suites/mood.yaml', Buffer.from([0xff, 0x00]), 'suite'],
    ['goldens/conversations.jsonl', '{"id":"c1","text":"of an older shape"}\n', 'conversations'],
    ['goldens/labels/mood.jsonl', '<<<<<<< HEAD\n', 'labels'],
    ['goldens/labels/mood.jsonl', '', 'labels'],
    ['suites/baselines/mood.m.jsonl', '{"touchstone":"baseline","version":0}\n', 'baseline'],
  ])('in %s of the base needs a person and breaks nothing', (file, content, part) => {
    const changes = changesFrom({ ...FILES, [file]: content });
    expect(changes).toEqual([expect.stringContaining(`! ${part} of the base cannot be read: main:${file}`)]);
  });

  it('because Git LFS keeps it says so', () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n';
    expect(changesFrom({ ...FILES, 'goldens/labels/mood.jsonl': pointer })).toEqual([
      '! labels of the base cannot be read: main:goldens/labels/mood.jsonl: is a pointer of Git LFS, not the file itself. Keep suites and goldens in git itself',
    ]);
  });

  it('is described on one line, whatever it holds', () => {
    const hostile = SUITE.replace('glad', '"\\e[2J\\n::error::\u202e"');
    const [line] = changesFrom({ ...FILES, 'suites/mood.yaml': hostile });
    expect(line).toMatch(/^! suite of the base cannot be read: [^\p{C}\p{Zl}\p{Zp}]+$/u);
  });

  it('is not a part that is not there', () => {
    const { unreadable, ...parts } = readGoalposts(treeOf({}), 'mood', 'm');
    expect(unreadable).toEqual([]);
    expect(parts).toMatchObject({ suite: null, labels: null, conversations: null, baseline: null });
  });
});

describe('baselines of other models', () => {
  it('are known by their path, whatever ends their lines', () => {
    const others = (end: string) =>
      readGoalposts(
        treeOf({
          'suites/baselines/mood.m.jsonl': 'own',
          'suites/baselines/mood.n.jsonl': `a${end}`,
          'suites/baselines/moody.n.jsonl': 'of another suite',
        }),
        'mood',
        'm',
      ).otherBaselines;
    expect([...others('\n').keys()]).toEqual(['suites/baselines/mood.n.jsonl']);
    expect(others('\r\n')).toEqual(others('\n'));
    expect(others('b')).not.toEqual(others('\n'));
  });
});
