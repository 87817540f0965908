import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatProblem } from '../errors/problem.ts';
import { readSuite } from '../suite/read-suite.ts';
import { readConversations, readGoldens } from './load.ts';
import { openLabelsFile, openLine, parseOpenLabels, readOpenLabels } from './open-labels.ts';

function taskOf(name: string) {
  const { suite } = readSuite(readFileSync(`suites/${name}.yaml`), `suites/${name}.yaml`);
  if (suite === null) throw new Error(`the suite ${name} is faulty`);
  return suite.task;
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'touchstone-open-'));
  cpSync('goldens', folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const shown = (file: string) => path.join('goldens', path.relative(folder, file));
const read = (name: string) => readGoldens(folder, taskOf(name), name, { shown });
const saidOf = (name: string) => read(name).problems.map(formatProblem);

/** Takes the labels of a file's first lines away and leaves these lines in open/. */
function reopen(name: string, count: number): void {
  const file = path.join(folder, 'labels', `${name}.jsonl`);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  writeFileSync(
    file,
    lines
      .slice(count)
      .map((line) => `${line}\n`)
      .join(''),
  );
  const open = lines.slice(0, count).map((line) => {
    const { id, window = null } = JSON.parse(line);
    return openLine(taskOf(name), { id, window, votes: [] });
  });
  writeOpen(name, open.join(''));
}

function writeOpen(name: string, text: string): void {
  mkdirSync(path.join(folder, 'open'), { recursive: true });
  writeFileSync(openLabelsFile(folder, name), text);
}

describe('open labels', () => {
  it('stand for the labels that are not settled yet', () => {
    const before = read('sentiment').goldens;
    reopen('sentiment', 2);
    const { goldens, problems } = read('sentiment');
    expect(problems).toEqual([]);
    expect(goldens?.labels).toHaveLength((before?.labels.length ?? 0) - 2);
    expect(goldens?.sha256).not.toBe(before?.sha256);
    rmSync(path.join(folder, 'open'), { recursive: true });
    expect(saidOf('sentiment')).toHaveLength(2);
  });

  it('give way to a label of the same case', () => {
    const before = read('pushback').goldens;
    writeOpen(
      'pushback',
      '{"id": "c0002", "votes": [{"by": "ana", "pushback": true, "reason": "policy"}]}\n',
    );
    expect(read('pushback')).toEqual({ goldens: before, problems: [] });
  });

  it('may be all there is, with an empty labels file or none', () => {
    reopen('affective', 418);
    expect(read('affective')).toMatchObject({ goldens: { labels: [] }, problems: [] });
    rmSync(path.join(folder, 'labels/affective.jsonl'));
    expect(read('affective')).toMatchObject({ goldens: { labels: [] }, problems: [] });
    writeOpen('affective', '');
    expect(saidOf('affective')).toEqual([
      'goldens/labels/affective.jsonl: there is no such file. Create it, or correct the path.',
    ]);
  });

  it('are checked as labels are, each problem with its place', () => {
    const windows = {
      opening: { id: 'c0002', window: 'opening' },
      closing: { id: 'c0002', window: 'closing' },
    };
    const vote = { by: 'ana', sentiment: 'neutral' };
    writeOpen(
      'sentiment',
      [
        { ...windows.opening, votes: [vote, { ...vote, sentiment: 'sad' }] },
        { ...windows.opening, votes: [vote, vote] },
        { id: 'c9999', window: 'opening' },
        { id: 'c0004', window: 'middle' },
        windows.closing,
        { ...windows.opening, note: 'x' },
      ]
        .map((line) => `${JSON.stringify(line)}\n`)
        .concat('{"id": "c0006", \n')
        .join(''),
    );
    const said = saidOf('sentiment').map((line) => line.replace('goldens/open/sentiment.jsonl:', ''));
    expect(said.toSorted()).toEqual([
      expect.stringMatching(/^1 \(c0002\): unknown sentiment "sad" in votes\[1\]/),
      '2 (c0002): open already on line 1. Remove one of the two lines.',
      '2 (c0002): votes[1] is a second vote by "ana". Remove one of the two votes.',
      expect.stringMatching(/^3 \(c9999\): goldens\/conversations.jsonl has no such conversation/),
      expect.stringMatching(/^4 \(c0004\): unknown window "middle"/),
      expect.stringMatching(/^5 \(c0002\): window closing needs 6 user messages/),
      '6 (c0002): open already on line 1. Remove one of the two lines.',
      expect.stringMatching(/^6 \(c0002\): unknown property "note"/),
      expect.stringMatching(/^7 \(c0006\): not valid JSON/),
    ]);
  });

  it('are written as they are read', () => {
    const task = taskOf('affective');
    const label = { primary: 'coaching', topics: ['coaching', 'roleplay'] };
    const open = { id: 'c0002', window: null, votes: [{ by: 'ana', label, unsure: true, note: 'hm' }] };
    const bytes = new TextEncoder().encode(openLine(task, open));
    expect(parseOpenLabels(bytes, 'open', task, null)).toMatchObject({
      value: [{ ...open, line: 1 }],
      problems: [],
    });
    const { value: conversations } = readConversations(folder);
    expect(readOpenLabels(folder, task, 'affective', conversations).value).toEqual([]);
  });
});
