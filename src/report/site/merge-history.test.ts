import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits } from '../../schema/check.ts';
import { HistoryFile } from '../../schema/history.ts';
import type { HistoryPoint } from '../page/page-input.ts';
import { historyFile, pointsOf } from './history-file.ts';
import { mergeHistory } from './merge-history.ts';

function point(change: Partial<HistoryPoint> = {}): HistoryPoint {
  return {
    ...{ suite: 'mood', model: 'embedded', metric: 'feeling.accuracy', kind: 'run' },
    ...{ at: '2026-03-01T00:00:00.000Z', commit: 'a'.repeat(40), prompt: '0'.repeat(64) },
    ...{ promptChanged: false, value: 0.5, low: 0.4, high: 0.6 },
    ...change,
  };
}

const arbitraryPoint: fc.Arbitrary<HistoryPoint> = fc.record({
  suite: fc.constantFrom('mood', 'tone'),
  model: fc.constantFrom('embedded', 'anthropic:x'),
  metric: fc.constantFrom('feeling.accuracy', 'feeling.macro_f1'),
  kind: fc.constantFrom('accepted', 'run'),
  at: fc.integer({ min: 0, max: 50 }).map((day) => new Date(1.7e12 + day * 864e5).toISOString()),
  commit: fc.option(fc.constantFrom(...'0123456789').map((digit) => digit.repeat(40))),
  prompt: fc.constantFrom('a', 'b').map((digit) => digit.repeat(64)),
  promptChanged: fc.boolean(),
  value: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  low: fc.constant(null),
  high: fc.constant(null),
});

describe('merging a history', () => {
  const published = fc.array(arbitraryPoint, { maxLength: 40 });

  it('gives every commit once per suite, model and kind, by time, and loses none', () => {
    const identity = ({ suite, model, kind, commit, at }: HistoryPoint) =>
      JSON.stringify([suite, model, kind, commit ?? at]);
    fc.assert(
      fc.property(published, published, (old, known) => {
        const merged = mergeHistory(old, known);
        expect(new Set(merged.map(identity))).toEqual(new Set([...old, ...known].map(identity)));
        expect(new Set(merged.map(identity)).size).toBe(merged.length);
        const times = merged.map(({ at }) => at);
        expect(times).toEqual(times.toSorted());
      }),
    );
  });

  it('changes nothing the second time, through the file and back', () => {
    fc.assert(
      fc.property(published, published, (old, known) => {
        const merged = mergeHistory(old, known);
        const file: unknown = JSON.parse(JSON.stringify(historyFile(merged)));
        if (!fits(HistoryFile, file)) throw new Error('does not fit its schema');
        expect(mergeHistory(pointsOf(file), [])).toEqual(merged);
        expect(mergeHistory(merged, merged)).toEqual(merged);
      }),
    );
  });

  it('lets what is known now outrank what was published', () => {
    const merged = mergeHistory([point({ value: 0.1 })], [point({ value: 0.9 })]);
    expect(merged.map(({ value }) => value)).toEqual([0.9]);
  });

  it('keeps an accepted point and a run of the same commit apart, and runs of no commit by their time', () => {
    const dirty = point({ commit: null });
    const later = point({ commit: null, at: '2026-03-02T00:00:00.000Z' });
    expect(mergeHistory([point(), dirty], [point({ kind: 'accepted' }), dirty, later])).toHaveLength(4);
  });

  it('tells anew where the prompt changed when a point comes in between', () => {
    const first = point({ commit: '1'.repeat(40), at: '2026-03-01T00:00:00.000Z' });
    const second = point({
      ...{ commit: '2'.repeat(40), at: '2026-03-02T00:00:00.000Z', prompt: 'b'.repeat(64) },
    });
    const third = point({
      ...{ commit: '3'.repeat(40), at: '2026-03-03T00:00:00.000Z', prompt: 'b'.repeat(64) },
      promptChanged: true,
    });
    const changes = mergeHistory([first, third], [second]).map(({ promptChanged }) => promptChanged);
    expect(changes).toEqual([false, true, false]);
  });

  it('keeps the newest thousand points of a suite', () => {
    const many = Array.from({ length: 1_100 }, (_, index) =>
      point({
        commit: index.toString(16).padStart(40, '0'),
        at: new Date(1.7e12 + index * 1000).toISOString(),
        model: index % 2 === 0 ? 'embedded' : 'anthropic:x',
      }),
    );
    const other = point({ suite: 'tone', at: '2000-01-01T00:00:00.000Z' });
    const merged = mergeHistory([...many, other], []);
    expect(merged).toEqual([other, ...many.slice(100)]);
  });
});
