import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../errors/errors.ts';
import { readSuite } from '../suite/read-suite.ts';
import { loadGoldens, readConversations, readGoldens } from './load.ts';

function taskOf(name: string) {
  const { suite } = readSuite(readFileSync(`suites/${name}.yaml`), `suites/${name}.yaml`);
  if (suite === null) throw new Error(`the suite ${name} is faulty`);
  return suite.task;
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'touchstone-goldens-'));
  cpSync('goldens', folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const shown = (file: string) => path.join('goldens', path.relative(folder, file));

function saidOf(name: string): string[] {
  return new InputError(readGoldens(folder, taskOf(name), name, { shown }).problems).message.split('\n');
}

/** Writes a file of the goldens anew, line by line. */
function rewrite(file: string, change: (lines: string[]) => string[]): void {
  const lines = readFileSync(path.join(folder, file), 'utf8').trimEnd().split('\n');
  writeFileSync(path.join(folder, file), `${change(lines).join('\n')}\n`);
}

describe('the shipped goldens', () => {
  it.each([
    ['affective', 418],
    ['pushback', 418],
    ['sentiment', 568],
  ])('%s loads without a problem', (name, labels) => {
    const goldens = loadGoldens('goldens', taskOf(name), name);
    expect(goldens.directory).toBe('goldens');
    expect(goldens.conversations.size).toBe(418);
    expect(goldens.labels).toHaveLength(labels);
  });

  it('can share their conversations between suites', () => {
    const conversations = readConversations('goldens');
    const shared = readGoldens('goldens', taskOf('pushback'), 'pushback', { conversations });
    expect(shared).toEqual(readGoldens('goldens', taskOf('pushback'), 'pushback'));
  });
});

describe('the hash of goldens', () => {
  const hash = () => loadGoldens(folder, taskOf('pushback'), 'pushback').sha256;

  it('stays when lines change places, and when votes or notes change', () => {
    const before = hash();
    rewrite('labels/pushback.jsonl', (lines) =>
      lines.toReversed().map((line) => JSON.stringify({ ...JSON.parse(line), votes: [], note: 'changed' })),
    );
    rewrite('conversations.jsonl', (lines) => lines.toReversed());
    expect(hash()).toBe(before);
  });

  it('changes with a label, and with a conversation', () => {
    const before = hash();
    rewrite('labels/pushback.jsonl', (lines) =>
      lines.with(0, JSON.stringify({ ...JSON.parse(lines[0] ?? ''), pushback: true, reason: 'policy' })),
    );
    const relabelled = hash();
    rewrite('conversations.jsonl', (lines) =>
      lines.map((line, at) => (at === 0 ? line.replace('"en"', '"de"') : line)),
    );
    expect(new Set([before, relabelled, hash()]).size).toBe(3);
  });
});

describe('files that cannot be read', () => {
  it('are all named at once', () => {
    rmSync(path.join(folder, 'conversations.jsonl'));
    rmSync(path.join(folder, 'labels/pushback.jsonl'));
    mkdirSync(path.join(folder, 'labels/pushback.jsonl'));
    expect(saidOf('pushback')).toEqual([
      'goldens/conversations.jsonl: there is no such file. Create it, or correct the path.',
      'goldens/labels/pushback.jsonl: is a folder, not a file. Put a file in its place, or correct the path.',
    ]);
  });

  it('are not blamed on the other file: labels are still checked by themselves', () => {
    rmSync(path.join(folder, 'conversations.jsonl'));
    rewrite('labels/pushback.jsonl', ([first = '']) => [
      first.replace('"pushback": false', '"pushback": true'),
    ]);
    expect(saidOf('pushback')).toEqual([
      'goldens/conversations.jsonl: there is no such file. Create it, or correct the path.',
      'goldens/labels/pushback.jsonl:1 (c0002): pushback is true without a reason. Give reason one of its labels.',
    ]);
  });

  it('make loading throw with everything that is wrong in both', () => {
    writeFileSync(path.join(folder, 'conversations.jsonl'), '');
    rewrite('labels/sentiment.jsonl', ([first = '']) => [first.replace('"positive"', '"happy"')]);
    const load = () => loadGoldens(folder, taskOf('sentiment'), 'sentiment');
    expect(load).toThrow(InputError);
    expect(load).toThrow(/conversations.jsonl: the file is empty[\s\S]*unknown sentiment "happy"/);
  });
});
