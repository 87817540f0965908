import { describe, expect, it } from 'vitest';
import { parseLabels } from '../goldens/labels.ts';
import { parseOpenLabels } from '../goldens/open-labels.ts';
import type { Task } from '../task/task.ts';
import type { GoldenState } from './golden-files.ts';
import { adjudicationQueue, labellingQueue, nextToDo, otherSpelling } from './queue.ts';

const TASK: Task = {
  name: 'mood',
  windows: null,
  fields: { tone: { kind: 'ordinal', levels: { down: -1, up: 1 } } },
};

function stateOf(labels: object[], open: object[]): GoldenState {
  const text = (lines: object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const texts = { labels: text(labels), open: text(open) };
  const bytes = (each: string) => new TextEncoder().encode(each);
  const byKey = <T extends { id: string }>(lines: T[]) =>
    new Map(lines.map((line) => [JSON.stringify([line.id, null]), line]));
  return {
    texts,
    labels: byKey(parseLabels(bytes(texts.labels), 'labels', TASK, null).value),
    open: byKey(parseOpenLabels(bytes(texts.open), 'open', TASK, null).value),
  };
}

const vote = (by: string, tone: string) => ({ by, tone });
const ids = (queue: readonly { id: string }[]) => queue.map(({ id }) => id);
const batchOf = (...names: string[]) => names.map((id) => ({ labels: 'mood', id, window: null, why: '' }));

describe('what an annotator goes through', () => {
  const open = Array.from({ length: 30 }, (_, at) => ({
    id: `c${at}`,
    votes: at < 3 ? [vote('ana', 'up')] : [],
  }));
  const states = new Map([['mood', stateOf([{ id: 'c29', tone: 'up' }], open)]]);

  it('are the open cases without a label, in an order of the annotator’s own, the same each time', () => {
    const ana = labellingQueue(states, 'ana', null);
    expect(ids(ana).toSorted()).toEqual(ids(open.slice(0, 29)).toSorted());
    expect(labellingQueue(states, 'ana', null)).toEqual(ana);
    expect(ids(labellingQueue(states, 'ben', null))).not.toEqual(ids(ana));
    expect(ids(ana)).not.toEqual(ids(open.slice(0, 29)));
    expect(ids(ana.filter(({ isDone }) => isDone)).toSorted()).toEqual(['c0', 'c1', 'c2']);
  });

  it('are the cases of a batch in its order, labelled or not', () => {
    expect(labellingQueue(states, 'ana', batchOf('c29', 'c1'))).toMatchObject([
      { id: 'c29', isDone: false },
      { id: 'c1', isDone: true },
    ]);
  });
});

describe('what an adjudicator goes through', () => {
  const states = new Map([
    [
      'mood',
      stateOf(
        [
          { id: 'c1', tone: 'up', votes: [vote('a', 'up')] },
          { id: 'c2', tone: 'up', votes: [vote('a', 'down')] },
          { id: 'c3', tone: 'up', adjudicated: true, votes: [vote('a', 'down')] },
        ],
        [
          { id: 'c4', votes: [vote('a', 'up'), vote('b', 'down')] },
          { id: 'c5', votes: [vote('a', 'up')] },
          { id: 'c6', votes: [vote('a', 'up'), vote('b', 'up'), vote('c', 'down')] },
        ],
      ),
    ],
  ]);

  it('are the open cases that have their votes and whose votes differ', () => {
    expect(ids(adjudicationQueue(states, 2, null))).toEqual(['c4', 'c6']);
    expect(ids(adjudicationQueue(states, 3, null))).toEqual(['c6']);
  });

  it('are of a batch also the labels that some vote differs from, done where adjudicated', () => {
    expect(adjudicationQueue(states, 2, batchOf('c3', 'c6', 'c2', 'c1', 'c5'))).toMatchObject([
      { id: 'c3', isDone: true },
      { id: 'c6', isDone: false },
      { id: 'c2', isDone: false },
    ]);
  });
});

describe('an annotator’s name', () => {
  const open = [{ id: 'c1', votes: [vote('José B', 'up'), vote('ana', 'up'), vote('Ana', 'up')] }];
  const states = new Map([['mood', stateOf([{ id: 'c2', tone: 'up', votes: [vote('ben', 'up')] }], open)]]);

  it.each([
    ['Ben', 'ben'],
    ['jose\u0301  b', 'José B'],
    ['ANA', 'ana'],
    ['Ana', null],
    ['ben', null],
    ['bea', null],
  ])('%s is that of votes written otherwise: %s', (name, other) => {
    expect(otherSpelling(states, name)).toBe(other);
  });
});

describe('the next case', () => {
  const queue = (...done: boolean[]) => done.map((isDone) => ({ labels: '', id: '', window: null, isDone }));
  it('is the next that is not done, beginning again at the start, itself last', () => {
    expect(nextToDo(queue(true, false, true, false), -1)).toBe(1);
    expect(nextToDo(queue(true, false, true, false), 1)).toBe(3);
    expect(nextToDo(queue(true, false, true, false), 3)).toBe(1);
    expect(nextToDo(queue(true, false), 1)).toBe(1);
    expect(nextToDo(queue(true, true), 0)).toBeNull();
    expect(nextToDo([], -1)).toBeNull();
  });
});
