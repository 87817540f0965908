import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { Doubt } from '../../doubt/rank-doubts.ts';
import type { SuiteDoubts } from '../../doubt/suite-doubts.ts';
import { renderDoubts } from './doubtful-labels.ts';

const doubt: Doubt = {
  ...{ field: 'primary', member: null, label: 'interpersonal_advice', instead: 'counseling', distance: 1 },
  runs: {
    count: 5,
    said: [
      { value: 'counseling', count: 4 },
      { value: 'other', count: 0.5 },
    ],
    margin: 0.5,
  },
  votes: { for: 2, against: 1, unsure: 1, logOdds: -1 },
  ...{ contradicted: true, adjudicated: false, doubtedBy: ['an\u001b[2Ja'], score: 1 },
};
const run = (model: string) => ({ model, prompt: 'a'.repeat(64), sources: ['store'], answers: new Map() });
const doubts: SuiteDoubts = {
  ...{ suite: 'affective', labels: 'affective', cases: 400, notes: [] },
  runs: ['embedded', 'b', 'c', 'd', 'e'].map(run),
  doubted: [{ id: 'c0001', window: 'opening', doubts: [doubt] }],
  noise: [
    {
      ...{ field: 'topics', member: 'coaching', labels: 400, noise: 0.05 },
      confusions: [{ label: 'without it', runsSay: 'with it', cases: 40, of: 300, isSystematic: true }],
    },
  ],
};
const render = (columns: number, given = doubts) =>
  renderDoubts(given, given.doubted, { chalk: new Chalk({ level: 0 }), columns, textOf: null });

describe('doubts on a terminal', () => {
  it('shows runs and votes in columns, the reason below, and a caution beside the estimate', () => {
    const text = render(100);
    expect(text).toMatch(/case +field +label +runs say +votes/);
    expect(text).toMatch(
      /c0001\/opening +primary +interpersonal_advice +counseling 4, other 0\.5 +2:1, 1 unsure/,
    );
    expect(text).toContain(
      '4 of 5 runs say counseling; votes 2 to 1; 1 vote unsure; marked doubtful by an\\u{1b}[2Ja',
    );
    expect(text).toContain('topics: coaching  5.0% of 400 labels');
    expect(text).toContain('runs have coaching in 40 of 300 labels without it');
    expect(text).toContain("so the labels' own is lower");
  });

  it('fits sixty columns, and leaves out what does not fit', () => {
    const text = render(60);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(text).not.toContain('runs say  ');
    expect(text).toContain('4 of 5 runs say counseling');
  });

  it('gives no estimate by one or two runs, but says what would help', () => {
    const text = render(100, { ...doubts, runs: [run('embedded')] });
    expect(text).not.toContain('5.0%');
    expect(text).toContain('embedded is a floor');
    expect(text).toContain('touchstone run affective --model MODEL');
    expect(render(100, { ...doubts, doubted: [] })).toContain('no label is in doubt');
  });
});
