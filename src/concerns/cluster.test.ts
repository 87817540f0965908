import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../statistics/random.ts';
import { clusterLines } from './cluster.ts';

/** What is said of a matter, what of its circumstances, what is wanted. */
const THEMES: Record<string, [string[], string[], string[]]> = {
  sleep: [
    ['insomnia', 'lying awake', 'trouble sleeping', 'poor sleep'],
    ['with racing thoughts', 'after night shifts', ''],
    ['and wanting a bedtime routine', 'and asking how to sleep', ''],
  ],
  breakup: [
    ['coping with a breakup', 'missing an ex', 'letting go of an ex'],
    ['after a long relationship', 'weeks later', ''],
    ['and feeling rejected', 'and hoping for a reunion', ''],
  ],
  manager: [
    ['conflict with a manager', 'an unfair manager', 'criticism from a boss', 'tension with a boss'],
    ['at work', 'in the office', ''],
    ['and whether to complain', 'and staying professional', ''],
  ],
  exam: [
    ['fear of exams', 'procrastinating on a thesis', 'failing an exam'],
    ['before finals', 'in college', ''],
    ['and building a study plan', 'and keeping focus to study', ''],
  ],
};
const OPENINGS = ['', 'advice about ', 'struggling with ', 'how to handle '];

function planted(count: number): { theme: string; line: string }[] {
  const random = seededRandom(5);
  const pick = (choices: readonly string[]) => choices[Math.floor(random() * choices.length)] ?? '';
  return Array.from({ length: count }, () => {
    const theme = pick(Object.keys(THEMES));
    const parts = THEMES[theme]?.map(pick).filter((part) => part !== '') ?? [];
    return { theme, line: pick(OPENINGS) + parts.join(' ') };
  });
}

describe('grouping lines', () => {
  it('finds the themes that lines were made of', () => {
    const lines = planted(1000);
    const { groups, dropped } = clusterLines(
      lines.map(({ line }) => line),
      { minGroup: 20, seed: 1 },
    );
    const themes = groups.map((rows) => {
      const [[theme, most] = ['', []]] = [...Map.groupBy(rows, (row) => lines[row]?.theme ?? '')].sort(
        ([, a], [, b]) => b.length - a.length,
      );
      expect(most.length / rows.length).toBeGreaterThan(0.9);
      return theme;
    });
    expect(new Set(themes)).toEqual(new Set(Object.keys(THEMES)));
    expect(dropped).toBeLessThan(50);
  });

  it('gives the same groups for the same seed', () => {
    const lines = planted(300).map(({ line }) => line);
    expect(clusterLines(lines, { minGroup: 5, seed: 3 })).toEqual(
      clusterLines(lines, { minGroup: 5, seed: 3 }),
    );
  });

  it('drops lines that share nothing, and leaves a line in one group at most', () => {
    const odd = ['qwert', 'zuiop', ''];
    const lines = [...Array(30).fill('trouble sleeping'), ...Array(30).fill('missing an ex'), ...odd];
    const { groups, dropped } = clusterLines(lines, { minGroup: 10, seed: 1 });
    expect(groups.map(({ length }) => length)).toEqual([30, 30]);
    expect(dropped).toBe(odd.length);
  });

  it('merges a small group into a near one, and drops one that is near to none', () => {
    const lines = [
      ...Array(60).fill('sleep trouble at night'),
      ...Array(60).fill('grief after a funeral'),
      ...Array(60).fill('exam fear in college'),
      ...Array(8).fill('sleep trouble with snoring'),
      ...Array(8).fill('parrot cage'),
    ];
    const { groups, merged, dropped } = clusterLines(lines, { minGroup: 10, seed: 1 });
    expect(groups.map(({ length }) => length)).toEqual([68, 60, 60]);
    expect({ merged, dropped }).toEqual({ merged: 8, dropped: 8 });
  });

  it('never shows a group below the smallest size, nor a line twice', () => {
    const line = fc
      .array(fc.constantFrom('work', 'sleep', 'grief', 'the', 'ex', 'exam', '漢字', '<b>'), { maxLength: 5 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 120 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer(),
        (lines, minGroup, seed) => {
          const { groups, merged, dropped } = clusterLines(lines, { minGroup, seed });
          const shown = groups.flat();
          for (const rows of groups) expect(rows.length).toBeGreaterThanOrEqual(minGroup);
          expect(new Set(shown).size).toBe(shown.length);
          expect(shown.length + dropped).toBe(lines.length);
          expect(merged).toBeLessThanOrEqual(shown.length);
        },
      ),
    );
  });
});
