import { describe, expect, it } from 'vitest';
import { type PairedValueCount, pairedMeanDifference } from './paired-mean-difference.ts';

/** Pushback among affective conversations: 1 met it, 0 did not, null is not affective under that prompt. */
const RATES: PairedValueCount[] = [
  { baseline: 1, candidate: 1, conversations: 250 },
  { baseline: 1, candidate: 0, conversations: 100 },
  { baseline: 0, candidate: 1, conversations: 50 },
  { baseline: 0, candidate: 0, conversations: 4000 },
  { baseline: 1, candidate: null, conversations: 25 },
  { baseline: 0, candidate: null, conversations: 175 },
  { baseline: null, candidate: 1, conversations: 25 },
  { baseline: null, candidate: 0, conversations: 75 },
  { baseline: null, candidate: null, conversations: 120_000 },
];

describe('the difference of two means on one corpus', () => {
  it('is taken over the conversations that count under each prompt', () => {
    const { baseline, candidate, difference } = pairedMeanDifference(RATES, { seed: 1 }) ?? {};
    expect(baseline).toEqual({ mean: 375 / 4600, conversations: 4600 });
    expect(candidate).toEqual({ mean: 325 / 4500, conversations: 4500 });
    expect(difference).toBeCloseTo(325 / 4500 - 375 / 4600, 12);
  });

  it('has an interval as wide as the linearised standard error says', () => {
    const { difference = 0, interval } = pairedMeanDifference(RATES, { seed: 2, resamples: 4000 }) ?? {};
    const influence = ({ baseline, candidate }: PairedValueCount) =>
      (candidate === null ? 0 : (candidate - 325 / 4500) / 4500) -
      (baseline === null ? 0 : (baseline - 375 / 4600) / 4600);
    const variance = RATES.reduce((sum, count) => sum + count.conversations * influence(count) ** 2, 0);
    const reach = 1.96 * Math.sqrt(variance);
    expect((difference - (interval?.low ?? 0)) / reach).toBeCloseTo(1, 1);
    expect(((interval?.high ?? 0) - difference) / reach).toBeCloseTo(1, 1);
  });

  it('is narrower than for other conversations, since most stay as they were', () => {
    const { interval } = pairedMeanDifference(RATES, { seed: 3 }) ?? {};
    const apart = RATES.flatMap(({ baseline, candidate, conversations }) => [
      { baseline, candidate: null, conversations },
      { baseline: null, candidate, conversations },
    ]);
    const unpaired = pairedMeanDifference(apart, { seed: 3 })?.interval;
    const width = (range: typeof interval) => (range?.high ?? 0) - (range?.low ?? 0);
    expect(width(interval)).toBeLessThan(0.8 * width(unpaired));
  });

  it('serves a mean shift as well', () => {
    const shifts = [
      { baseline: 0.5, candidate: 1, conversations: 10 },
      { baseline: 0, candidate: -0.5, conversations: 30 },
      { baseline: 0, candidate: 0, conversations: 60 },
    ];
    expect(pairedMeanDifference(shifts, { seed: 1 })?.difference).toBeCloseTo(-0.1, 12);
  });

  it('is the same for the same seed, in whatever order the counts come', () => {
    expect(pairedMeanDifference(RATES.toReversed(), { seed: 5 })).toEqual(
      pairedMeanDifference(RATES, { seed: 5 }),
    );
  });

  it('has no interval where no conversation tells the prompts apart', () => {
    const same = RATES.filter(({ baseline, candidate }) => baseline === candidate);
    expect(pairedMeanDifference(same, { seed: 1 })).toMatchObject({ difference: 0, interval: null });
  });

  it('is undefined where nothing counts under one of the prompts', () => {
    expect(
      pairedMeanDifference([{ baseline: 1, candidate: null, conversations: 9 }], { seed: 1 }),
    ).toBeNull();
    expect(pairedMeanDifference([], { seed: 1 })).toBeNull();
  });
});
