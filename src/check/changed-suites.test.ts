import { appendFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { treeOf } from '../../test/judged-change.ts';
import { copyShippedProject } from '../../test/workspace.ts';
import { InputError } from '../errors/errors.ts';
import { folderTree } from '../goalposts/folder-tree.ts';
import type { Tree } from '../goalposts/read-goalposts.ts';
import type { ChangedFile } from '../project/git-changes.ts';
import { changedSuites } from './changed-suites.ts';

const suite = (name: string, prompt: string, more = '') => `name: ${name}
prompt: ${prompt}
fields: { feeling: { kind: nominal, labels: [glad, sad] } }
headline: feeling.accuracy
rules: []
${more}`;
const golden = (id: string, content: string) =>
  `{"id":"${id}","lang":"en","family":"f-${id}","tags":[],"messages":[{"role":"user","content":"${content}"}]}\n`;

/** `mood` has labels for c1 and c2, `tone` for c2 and c3. */
const FILES: Readonly<Record<string, string>> = {
  'suites/mood.yaml': suite('mood', 'prompts/mood.md'),
  'suites/tone.yaml': suite('tone', './prompts/tone.md'),
  'suites/baselines/mood.m.jsonl': 'accepted\n',
  'prompts/mood.md': 'Say how they feel.\n',
  'prompts/tone.md': 'Say how they sound.\n',
  'goldens/CODEBOOK.md': 'glad: happy\n',
  'goldens/conversations.jsonl': ['c1', 'c2', 'c3'].map((id) => golden(id, 'hello')).join(''),
  'goldens/labels/mood.jsonl': '{"id":"c1","feeling":"glad"}\n{"id":"c2","feeling":"sad"}\n',
  'goldens/labels/tone.jsonl': '{"id":"c2","feeling":"glad"}\n{"id":"c3","feeling":"sad"}\n',
};

/** Reasons by suite, of an edit of the files above; null deletes one. Untouched suites are left out. */
function reasonsOf(
  edit: Readonly<Record<string, string | null>>,
  before: Readonly<Record<string, string>> = FILES,
): Record<string, readonly string[]> {
  const after = Object.entries({ ...before, ...edit }).flatMap(([name, text]) =>
    text === null ? [] : [[name, text] as const],
  );
  return touched(treeOf(before), treeOf(Object.fromEntries(after)));
}

function touched(base: Tree, head: Tree, changed: ChangedFile[] = [], shared: string[] = []) {
  const found = changedSuites({ base, head, changed, shared }).filter(({ reasons }) => reasons.length > 0);
  return Object.fromEntries(found.map((each) => [each.suite, each.reasons]));
}

describe('a change touches', () => {
  it('no suite where nothing changed, and says so of each', () => {
    const tree = treeOf(FILES);
    expect(changedSuites({ base: tree, head: tree, changed: [], shared: ['**'] })).toEqual([
      { suite: 'mood', reasons: [] },
      { suite: 'tone', reasons: [] },
    ]);
  });

  it.each([
    ['suite file', 'suites/mood.yaml', suite('mood', 'prompts/mood.md', 'on_undecided: block\n')],
    ['prompt', 'prompts/mood.md', 'Say it.\n'],
    ['prompt', 'prompts/mood.md', null],
    ['labels', 'goldens/labels/mood.jsonl', '{"id":"c1","feeling":"sad"}\n{"id":"c2","feeling":"sad"}\n'],
    ['labels', 'goldens/labels/mood.jsonl', null],
    ['baseline', 'suites/baselines/mood.m.jsonl', 'others\n'],
    ['baseline', 'suites/baselines/mood.m.jsonl', null],
    ['baseline', 'suites/baselines/mood.other.jsonl', 'new\n'],
  ])('the suite whose %s it is: %s', (reason, file, text) => {
    expect(reasonsOf({ [file]: text })).toEqual({ mood: [reason] });
  });

  it('no suite where it is the code book, a file of no suite, or only how lines end', () => {
    const crlf = (name: string) => (FILES[name] ?? '').replaceAll('\n', '\r\n');
    expect(
      reasonsOf({
        'goldens/CODEBOOK.md': 'glad: merry\n',
        'goldens/DATASHEET.md': 'new',
        'goldens/labels/none.jsonl': 'new',
        'suites/baselines/other.m.jsonl': 'new',
        'suites/README.md': 'new',
        'prompts/mood.md': crlf('prompts/mood.md'),
        'goldens/conversations.jsonl': crlf('goldens/conversations.jsonl'),
      }),
    ).toEqual({});
  });

  it('a suite that is new, and one that is gone, and says nothing else of them', () => {
    expect(reasonsOf({ 'suites/later.yaml': 'broken' })).toEqual({ later: ['new suite'] });
    expect(reasonsOf({ 'suites/mood.yaml': null, 'prompts/mood.md': null })).toEqual({
      mood: ['removed suite'],
    });
  });

  it('a suite that is broken, though it be as it was', () => {
    const before = { ...FILES, 'suites/mood.yaml': 'name: [' };
    expect(reasonsOf({}, before)).toEqual({ mood: ['suite file'] });
    expect(reasonsOf({ 'suites/mood.yaml': 'rules: 1' })).toEqual({ mood: ['suite file'] });
    expect(reasonsOf({ 'suites/mood.yaml': 'rules: 1', 'prompts/mood.md': 'Say it.\n' })).toEqual({
      mood: ['suite file', 'prompt'],
    });
  });
});

describe('a prompt', () => {
  const moved = { 'suites/mood.yaml': suite('mood', 'prompts/feeling.md'), 'prompts/mood.md': null };

  it('that was renamed without another word is not a changed one', () => {
    const text = FILES['prompts/mood.md'] ?? '';
    expect(reasonsOf({ ...moved, 'prompts/feeling.md': text })).toEqual({
      mood: ['suite file', 'prompt renamed'],
    });
  });

  it('that was renamed and edited is a changed one', () => {
    expect(reasonsOf({ ...moved, 'prompts/feeling.md': 'Say it.\n' })).toEqual({
      mood: ['suite file', 'prompt'],
    });
    expect(reasonsOf(moved)).toEqual({ mood: ['suite file', 'prompt'] });
  });

  it('that two suites share touches both', () => {
    const before = { ...FILES, 'suites/tone.yaml': suite('tone', 'prompts/mood.md') };
    expect(reasonsOf({ 'prompts/mood.md': 'Say it.\n' }, before)).toEqual({
      mood: ['prompt'],
      tone: ['prompt'],
    });
  });

  it('counts as changed where it cannot be read, for what it leads to is not known', () => {
    const tree = treeOf(FILES);
    const linked: Tree = {
      ...tree,
      read(name) {
        if (!name.startsWith('prompts/mood')) return tree.read(name);
        throw new InputError([{ file: name, line: null, id: null, what: 'is a link', mend: 'Keep it' }]);
      },
    };
    expect(touched(linked, tree)).toEqual({ mood: ['prompt'] });
    expect(touched(tree, linked)).toEqual({ mood: ['prompt'] });
    expect(touched(linked, linked)).toEqual({ mood: ['prompt'] });
  });
});

describe('a golden', () => {
  const conversations = (...edited: string[]) =>
    ['c1', 'c2', 'c3'].map((id) => golden(id, edited.includes(id) ? 'edited' : 'hello')).join('');

  it.each([
    [['c1'], { mood: ['goldens'] }],
    [['c2'], { mood: ['goldens'], tone: ['goldens'] }],
    [['c3'], { tone: ['goldens'] }],
  ])('touches the suites that have labels for it: %j', (edited, expected) => {
    expect(reasonsOf({ 'goldens/conversations.jsonl': conversations(...edited) })).toEqual(expected);
  });

  it('that no suite has labels for touches none, nor does the order of the file', () => {
    const text = FILES['goldens/conversations.jsonl'] ?? '';
    expect(reasonsOf({ 'goldens/conversations.jsonl': golden('c9', 'new') + text })).toEqual({});
    const reversed = text.trimEnd().split('\n').toReversed().join('\n');
    expect(reasonsOf({ 'goldens/conversations.jsonl': reversed })).toEqual({});
  });

  it('that was deleted together with its label touches the suite that had the label', () => {
    expect(
      reasonsOf({
        'goldens/conversations.jsonl': golden('c2', 'hello') + golden('c3', 'hello'),
        'goldens/labels/mood.jsonl': '{"id":"c2","feeling":"sad"}\n',
      }),
    ).toEqual({ mood: ['labels', 'goldens'] });
  });

  it('moved from one file of labels to another is a change of the labels of both', () => {
    expect(
      reasonsOf({
        'goldens/labels/mood.jsonl': '{"id":"c2","feeling":"sad"}\n',
        'goldens/labels/tone.jsonl': `{"id":"c1","feeling":"glad"}\n${FILES['goldens/labels/tone.jsonl']}`,
      }),
    ).toEqual({ mood: ['labels'], tone: ['labels'] });
  });

  it('touches every suite where the conversations, and one where its labels, cannot be read', () => {
    expect(reasonsOf({ 'goldens/conversations.jsonl': 'no JSON' })).toEqual({
      mood: ['goldens'],
      tone: ['goldens'],
    });
    const broken = { ...FILES, 'goldens/labels/mood.jsonl': 'no JSON' };
    expect(reasonsOf({ 'goldens/conversations.jsonl': conversations('c3') }, broken)).toEqual({
      mood: ['goldens'],
      tone: ['goldens'],
    });
    expect(reasonsOf({}, broken)).toEqual({});
  });

  it('counts by the labels of the file that the suite names, on both sides', () => {
    const switched = { 'suites/mood.yaml': suite('mood', 'prompts/mood.md', 'labels: tone\n') };
    expect(reasonsOf(switched)).toEqual({ mood: ['suite file', 'labels'] });
    expect(reasonsOf({ ...switched, 'goldens/conversations.jsonl': conversations('c1') })).toEqual({
      mood: ['suite file', 'labels', 'goldens'],
    });
  });
});

describe('a shared file', () => {
  const tree = treeOf(FILES);
  const file = (name: string, previous: string | null = null): ChangedFile => ({
    ...{ path: name, previous, status: previous === null ? 'modified' : 'renamed' },
  });

  it('touches every suite, by its path now or before', () => {
    const changed = [
      file('src/a/b.ts'),
      file('lib/new.ts', 'src/old.ts'),
      file('../x/c.ts'),
      file('docs/d.md'),
    ];
    expect(touched(tree, tree, changed, ['src/**', '../x/*'])).toEqual({
      mood: ['shared: src/a/b.ts', 'shared: src/old.ts', 'shared: ../x/c.ts'],
      tone: ['shared: src/a/b.ts', 'shared: src/old.ts', 'shared: ../x/c.ts'],
    });
    expect(touched(tree, tree, changed, ['src', '*.ts', 'c.ts'])).toEqual({});
  });

  it('is said after the reasons of the suite itself', () => {
    const head = treeOf({ ...FILES, 'prompts/mood.md': 'Say it.\n', 'suites/later.yaml': '' });
    expect(touched(tree, head, [file('a.ts')], ['**/*.ts'])).toEqual({
      later: ['new suite', 'shared: a.ts'],
      mood: ['prompt', 'shared: a.ts'],
      tone: ['shared: a.ts'],
    });
  });
});

describe('in the shipped project', () => {
  const [before, after] = [copyShippedProject(), copyShippedProject()];
  afterAll(() => {
    for (const root of [before, after]) rmSync(root, { recursive: true, force: true });
  });

  it('nothing is touched until a file changes, be it behind a link', () => {
    const [base, head] = [folderTree(before), folderTree(after)];
    expect(touched(base, head)).toEqual({});
    appendFileSync(path.join(after, 'prompts/pushback.md'), 'More.\n');
    expect(touched(base, head)).toEqual({ pushback: ['prompt'] });
    renameSync(path.join(after, 'prompts/affective.md'), path.join(after, 'elsewhere.md'));
    symlinkSync('../elsewhere.md', path.join(after, 'prompts/affective.md'));
    expect(touched(base, head)).toEqual({ pushback: ['prompt'] });
    appendFileSync(path.join(after, 'elsewhere.md'), 'More.\n');
    expect(touched(base, head)).toEqual({ affective: ['prompt'], pushback: ['prompt'] });
  });
});
