import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  answered,
  failed,
  HOSTILE,
  newFolder,
  removeFolders,
  STUDY,
  TASKS,
  writeResults,
} from '../../../test/study-results.ts';
import type { StudiedConversation } from '../ask-conversation.ts';
import { allocateSample } from './allocate-sample.ts';
import { sampleRows } from './sample-rows.ts';

const SIZES: Record<string, number> = {
  other: 3000,
  coaching: 90,
  [HOSTILE]: 5,
  company: 1,
  'no answer': 12,
};

function corpus(): StudiedConversation[] {
  return Object.entries(SIZES).flatMap(([label, size]) =>
    Array.from({ length: size }, (_, index): StudiedConversation => {
      const conversation = `${label.length}-${index}`;
      return {
        ...{ conversation, file: `${label.length}.jsonl`, line: index + 1, humanMessages: 5, cut: false },
        answer:
          label === 'no answer' ? failed('refused') : answered({ primary: label, topics: [], status: true }),
        left: 'not kept',
        further: [],
      };
    }),
  );
}

afterAll(removeFolders);

describe('sampleRows', () => {
  it('refuses a study without a conversation', async () => {
    const folder = newFolder();
    await writeResults(folder, []);
    const refusal = sampleRows(folder, STUDY, TASKS, { n: 60, seed: 1 });
    await expect(refusal).rejects.toThrow(/no conversation to draw from/);
  });

  it('draws of each label, the rare ones more often, and weighs them so that the corpus comes out', async () => {
    const folder = newFolder();
    await writeResults(folder, corpus());
    const sample = await sampleRows(folder, STUDY, TASKS, { n: 60, seed: 1 });
    expect(sample).toHaveLength(60);
    expect(new Set(sample.map(({ conversation }) => conversation)).size).toBe(60);
    for (const [stratum, size] of Object.entries(SIZES)) {
      const drawn = sample.filter((row) => row.stratum === stratum);
      expect(drawn.length).toBeGreaterThanOrEqual(Math.min(2, size));
      expect(drawn.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(size, 9);
      for (const row of drawn)
        expect(row).toMatchObject({
          ...{ stratumSize: size, sampledInStratum: drawn.length, file: `${stratum.length}.jsonl` },
          line: Number(row.conversation.split('-')[1]) + 1,
        });
    }
  });

  it('gives the same sample for the same seed, in whatever order the rows were written', async () => {
    const [folder, reversed] = [newFolder(), newFolder()];
    await writeResults(folder, corpus());
    await writeResults(reversed, corpus().reverse());
    const draw = (from: string, seed: number) => sampleRows(from, STUDY, TASKS, { n: 60, seed });
    expect(await draw(reversed, 1)).toEqual(await draw(folder, 1));
    expect(await draw(folder, 2)).not.toEqual(await draw(folder, 1));
  });

  it('draws all where there are no more, and refuses under two a label', async () => {
    const folder = newFolder();
    await writeResults(folder, corpus());
    const all = await sampleRows(folder, STUDY, TASKS, { n: 1_000_000, seed: 1 });
    expect(all).toHaveLength(corpus().length);
    expect(all.every(({ weight }) => weight === 1)).toBe(true);
    await expect(sampleRows(folder, STUDY, TASKS, { n: 8, seed: 1 })).rejects.toThrow(/Draw at least 9/);
  });
});

describe('allocateSample', () => {
  it('gives in proportion to the square roots of the sizes', () => {
    expect(allocateSample([1_000_000, 10_000, 400], 112)).toEqual([100, 10, 2]);
    expect(allocateSample([1_000_000, 10_000, 3], 20)).toEqual([16, 2, 2]);
  });

  it('gives no stratum more than it has, nor less than two of it, and all seats that there are', () => {
    const sizes = fc.array(fc.oneof(fc.nat(5), fc.nat(100_000)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 500 }), (strata, n) => {
        const seats = allocateSample(strata, n);
        const total = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0);
        const least = strata.map((size) => Math.min(2, size));
        expect(seats.every((given, i) => given >= (least[i] ?? 0) && given <= (strata[i] ?? 0))).toBe(true);
        expect(total(seats)).toBe(Math.max(total(least), Math.min(n, total(strata))));
      }),
    );
  });
});
