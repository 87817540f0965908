import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Task } from '../task/task.ts';
import { agreedLabel, type CaseKey, castVote, decideLabel, tidyOpen, votesOn } from './cast-vote.ts';
import { editGoldenFiles, type GoldenFiles, readGoldenFiles } from './golden-files.ts';
import { bytesOf } from './replace-file.ts';
import { openWriteLock, type WriteLock } from './write-lock.ts';

const TASK: Task = {
  name: 'mood',
  windows: null,
  fields: { tone: { kind: 'ordinal', levels: { down: -1, even: 0, up: 1 } } },
};
const IDS = ['c1', 'c2', 'c3', 'c4'];

let folder = '';
let lock: WriteLock;
let files: GoldenFiles;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'touchstone-votes-'));
  lock = openWriteLock(path.join(folder, 'state', 'lock.sqlite'));
  const [labels = '', open = ''] = ['labels.jsonl', 'open.jsonl'].map((name) => path.join(folder, name));
  files = { task: TASK, labels, open, shown: (file) => path.basename(file) };
});
afterEach(() => {
  lock.close();
  rmSync(folder, { recursive: true });
});

const keyOf = (id: string): CaseKey => ({ id, window: null });
const textOf = (file: string) => bytesOf(file)?.toString('utf8') ?? '';
const voteBy = (by: string, tone: string) => ({ by, label: { tone }, unsure: false });

function cast(id: string, by: string, tone: string, votesNeeded = 9, settledNow = new Set<string>()): void {
  editGoldenFiles(files, lock, (state) => {
    const rules = { task: TASK, votesNeeded, settledNow };
    const edit = castVote(state, keyOf(id), voteBy(by, tone), rules);
    if (edit === null) throw new Error(`no case ${id}`);
    return edit;
  });
}

/** A line as a person or another program might have written it. */
const line = (id: string) =>
  fc.constantFrom(
    `{"id":"${id}"}`,
    `{"id": "${id}", "votes": []}`,
    `  { "votes" : [ {"tone": "up", "by": "zo\\u00eb", "note":"\u{1F600} \\"x\\""} ], "id":"${id}" }\t`,
  );
const openText = fc
  .tuple(
    fc.constantFrom('', '\ufeff'),
    fc.constantFrom('\n', '\r\n'),
    fc.tuple(...IDS.map(line)),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([mark, end, lines, isSpread, isEnded]) => {
    const text = lines.join(isSpread ? `${end}${end}` : end);
    return mark + text + (isEnded ? end : '');
  });
const casting = fc.record({
  id: fc.constantFrom(...IDS),
  by: fc.constantFrom('ana', 'ben'),
  tone: fc.constantFrom('down', 'even', 'up'),
});

describe('votes that are cast', () => {
  it('are never lost, and leave every other line byte for byte as it was', () => {
    fc.assert(
      fc.property(openText, fc.array(casting, { maxLength: 8 }), (text, castings) => {
        writeFileSync(files.open, text);
        const latest = new Map<string, string>();
        for (const { id, by, tone } of castings) {
          const before = textOf(files.open).split('\n');
          cast(id, by, tone);
          const after = textOf(files.open).split('\n');
          expect(after).toHaveLength(before.length);
          expect(after.filter((each, at) => each !== before[at]).length).toBeLessThanOrEqual(1);
          latest.set(`${id} ${by}`, tone);
        }
        const state = readGoldenFiles(files);
        for (const [key, tone] of latest) {
          const [id = '', by] = key.split(' ');
          const vote = votesOn(state, JSON.stringify([id, null])).find((each) => each.by === by);
          expect(vote?.label).toEqual({ tone });
        }
        const strangers = [...state.open.values()]
          .flatMap(({ votes }) => votes)
          .filter(({ by }) => by === 'zoë');
        expect(strangers).toHaveLength(text.split('zo\\u00eb').length - 1);
        expect(strangers.every(({ note }) => note === '\u{1F600} "x"')).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('are never in neither file, whatever is settled and taken back', () => {
    fc.assert(
      fc.property(openText, fc.array(casting, { maxLength: 8 }), (text, castings) => {
        writeFileSync(files.open, text);
        rmSync(files.labels, { force: true });
        const settledNow = new Set<string>();
        const latest = new Map<string, string>();
        for (const { id, by, tone } of castings) {
          cast(id, by, tone, 2, settledNow);
          latest.set(`${id} ${by}`, tone);
          const state = readGoldenFiles(files);
          for (const each of IDS)
            expect(
              [...state.labels.values(), ...state.open.values()].filter((c) => c.id === each),
            ).toHaveLength(1);
        }
        const state = readGoldenFiles(files);
        for (const [key, tone] of latest) {
          const [id = '', by] = key.split(' ');
          const vote = votesOn(state, JSON.stringify([id, null])).find((each) => each.by === by);
          expect(vote?.label).toEqual({ tone });
        }
        for (const { votes, label } of state.labels.values()) expect(agreedLabel(votes, 2)).toEqual(label);
        for (const { votes } of state.open.values()) expect(agreedLabel(votes, 2)).toBeNull();
      }),
      { numRuns: 40 },
    );
  });

  it('are written as the file is spaced, the settled label too', () => {
    writeFileSync(files.open, '{"id": "c1"}\n{"id": "c2"}\n');
    writeFileSync(files.labels, '{"id": "c9", "tone": "up"}');
    cast('c1', 'ana', 'up', 2);
    expect(textOf(files.open)).toBe('{"id": "c1", "votes": [{"by": "ana", "tone": "up"}]}\n{"id": "c2"}\n');
    cast('c1', 'ben', 'up', 2);
    expect(textOf(files.open)).toBe('{"id": "c2"}\n');
    expect(textOf(files.labels)).toBe(
      '{"id": "c9", "tone": "up"}\n{"id": "c1", "tone": "up", "votes": [{"by": "ana", "tone": "up"}, {"by": "ben", "tone": "up"}]}\n',
    );
  });

  it('on a label leave the label alone, unless it was settled just now', () => {
    writeFileSync(files.labels, '{"id":"c1","tone":"up","votes":[{"by":"ana","tone":"up"}],"note":"n"}\n');
    cast('c1', 'ana', 'down', 1);
    expect(textOf(files.labels)).toBe(
      '{"id":"c1","tone":"up","votes":[{"by":"ana","tone":"down"}],"note":"n"}\n',
    );
  });

  it('are refused where a line is broken, and nothing is written', () => {
    const text = '{"id":"c1"}\n{"id":"c2","votes":[{"by":"a","tone":"dwon"}]}\n';
    writeFileSync(files.open, text);
    expect(() => cast('c1', 'ana', 'up')).toThrow('open.jsonl:2 (c2): unknown tone "dwon" in votes[0]');
    expect(textOf(files.open)).toBe(text);
  });
});

describe('an adjudicator’s decision', () => {
  const decide = (tone: string, note: string | null = null) =>
    editGoldenFiles(files, lock, (state) => {
      const edit = decideLabel(state, keyOf('c1'), { label: { tone }, note });
      if (edit === null) throw new Error('no case');
      return edit;
    });

  it('is adjudicated where it overrules a vote, and keeps all votes', () => {
    writeFileSync(files.open, '{"id":"c1","votes":[{"by":"a","tone":"up"},{"by":"b","tone":"even"}]}\n');
    decide('up', 'because');
    expect(textOf(files.open)).toBe('');
    expect(JSON.parse(textOf(files.labels))).toEqual({
      ...{ id: 'c1', tone: 'up', adjudicated: true, note: 'because' },
      votes: [
        { by: 'a', tone: 'up' },
        { by: 'b', tone: 'even' },
      ],
    });
  });

  it('is none where all votes say the same, and takes an older one back', () => {
    writeFileSync(
      files.labels,
      '{"id":"c1","tone":"up","adjudicated":true,"votes":[{"by":"a","tone":"down"}]}\n',
    );
    decide('down');
    expect(JSON.parse(textOf(files.labels))).toEqual({
      ...{ id: 'c1', tone: 'down' },
      votes: [{ by: 'a', tone: 'down' }],
    });
  });
});

describe('what a broken-off save or a hand left in both files', () => {
  it('is put in order: labels win, and no vote goes', () => {
    writeFileSync(files.labels, '{"id":"c2","tone":"up","votes":[{"by":"a","tone":"up"}]}\n');
    writeFileSync(
      files.open,
      '{"id":"c1","votes":[{"by":"a","tone":"up"},{"by":"b","tone":"up"}]}\n{"id":"c2","votes":[{"by":"b","tone":"even"}]}\n{"id":"c3"}\n',
    );
    editGoldenFiles(files, lock, (state) => tidyOpen(state, 2));
    expect(textOf(files.open)).toBe('{"id":"c3"}\n');
    const { labels } = readGoldenFiles(files);
    expect([...labels.values()].map(({ id, votes }) => [id, votes.map(({ by }) => by)])).toEqual([
      ['c2', ['a', 'b']],
      ['c1', ['a', 'b']],
    ]);
  });

  it('is left alone where there is nothing to put in order', () => {
    writeFileSync(files.open, '{ "id" : "c1" }');
    editGoldenFiles(files, lock, (state) => tidyOpen(state, 2));
    expect(textOf(files.open)).toBe('{ "id" : "c1" }');
    expect(bytesOf(files.labels)).toBeNull();
  });
});

describe('an edit', () => {
  it('starts again from what an editor saved meanwhile', () => {
    writeFileSync(files.open, '{"id":"c1"}\n{"id":"c2"}\n');
    let tries = 0;
    editGoldenFiles(files, lock, (state) => {
      tries += 1;
      if (tries === 1)
        writeFileSync(files.open, '{"id":"c2"}\n{"id":"c1","votes":[{"by":"zoe","tone":"up"}]}\n');
      const rules = { task: TASK, votesNeeded: 9, settledNow: new Set<string>() };
      const edit = castVote(state, keyOf('c1'), voteBy('ana', 'down'), rules);
      if (edit === null) throw new Error('no case');
      return edit;
    });
    expect(tries).toBe(2);
    expect(textOf(files.open)).toBe(
      '{"id":"c2"}\n{"id":"c1","votes":[{"by":"zoe","tone":"up"},{"by":"ana","tone":"down"}]}\n',
    );
  });
});
