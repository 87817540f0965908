import { describe, expect, it } from 'vitest';
import { type Given, runSoFar } from '../../test/run-so-far.ts';
import type { GoldenLabel } from '../goldens/load.ts';
import { historyOf } from './case-history.ts';
import { completeRun, nothingElse } from './complete-run.ts';

const runOf = (given: readonly Given[]) => completeRun(runSoFar(given, []).soFar, nothingElse);
const BEFORE = [
  { expected: 0, before: 0 },
  { expected: 0, before: 1 },
  { expected: 1, before: 1 },
];
const answered = (...levels: number[]) =>
  BEFORE.map((each, index): Given => ({ ...each, now: levels[index] ?? 0 }));

function labelled(id: string, votes: GoldenLabel['votes']): GoldenLabel {
  return { id, window: null, label: { mood: 'low' }, votes, adjudicated: false, note: null, line: 1 };
}

describe('historyOf', () => {
  it('tells which cases flipped against the baseline in any earlier run', () => {
    const { baseline } = runSoFar(answered(0, 0, 0), []);
    const history = historyOf([runOf(answered(1, 1, 1)), runOf(answered(0, 0, 1))], baseline, []);
    expect([...history.flipped].sort()).toEqual(['c0000', 'c0001']);
    expect([...history.unsteady].sort()).toEqual(['c0000', 'c0001']);
  });

  it('takes split and unsure votes for a boundary', () => {
    const vote = (mood: string, unsure = false) => ({ by: mood, label: { mood }, unsure });
    const history = historyOf([], null, [
      labelled('split', [vote('low'), vote('high')]),
      labelled('agreed', [vote('low'), vote('low')]),
      labelled('unsure', [vote('low', true)]),
    ]);
    expect([...history.unsteady]).toEqual(['split', 'unsure']);
  });

  it('knows nothing of flips without a baseline, or from runs of other fields', () => {
    const run = runOf(answered(1, 1, 1));
    const { baseline } = runSoFar(answered(0, 0, 0), []);
    const other = { ...run, suite: { ...run.suite, fields: {} } };
    expect(historyOf([run], null, []).flipped.size).toBe(0);
    expect(historyOf([other], baseline, []).flipped.size).toBe(0);
  });
});
