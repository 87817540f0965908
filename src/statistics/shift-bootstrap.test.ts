import { describe, expect, it } from 'vitest';
import { ascendingQuantile } from './quantile.ts';
import { seededRandom } from './random.ts';
import { type ShiftCount, shiftBootstrap } from './shift-bootstrap.ts';

const LEVELS = [-1, -0.5, 0, 0.5, 1];
/** Mostly as it was, a little better at the end. */
const TABLE: ShiftCount[] = LEVELS.flatMap((opening) =>
  LEVELS.map((closing) => ({
    opening,
    closing,
    conversations: Math.round(900 * Math.exp(-3 * Math.abs(closing - opening - 0.1))),
  })),
);

describe('the mean shift of a group', () => {
  it('is the mean close minus the mean opening', () => {
    const counts = [
      { opening: -1, closing: 0.5, conversations: 2 },
      { opening: 0, closing: 0, conversations: 3 },
    ];
    const { conversations, opening, closing, shift } = shiftBootstrap(counts, { seed: 1 }) ?? {};
    expect({ conversations, opening, closing }).toEqual({ conversations: 5, opening: -0.4, closing: 0.2 });
    expect(shift).toBeCloseTo(0.6, 12);
  });

  it('has the interval that drawing conversation by conversation gives', () => {
    const shifts = TABLE.flatMap(({ opening, closing, conversations }) =>
      Array.from({ length: conversations }, () => closing - opening),
    );
    const random = seededRandom(2);
    const means = Float64Array.from({ length: 2000 }, () => {
      let sum = 0;
      for (let i = 0; i < shifts.length; i++) sum += shifts[Math.floor(random() * shifts.length)] ?? 0;
      return sum / shifts.length;
    }).sort();
    const { interval } = shiftBootstrap(TABLE, { seed: 3, resamples: 4000 }) ?? {};
    const width = (interval?.high ?? 0) - (interval?.low ?? 0);
    expect(Math.abs((interval?.low ?? 0) - ascendingQuantile(means, 0.025)) / width).toBeLessThan(0.05);
    expect(Math.abs((interval?.high ?? 0) - ascendingQuantile(means, 0.975)) / width).toBeLessThan(0.05);
  });

  it('has an interval as wide as the standard error says, however many conversations', () => {
    for (const times of [1, 100, 10_000]) {
      const counts = TABLE.map((count) => ({ ...count, conversations: count.conversations * times }));
      const {
        conversations: n = 0,
        shift = 0,
        interval,
      } = shiftBootstrap(counts, { seed: 4, resamples: 4000 }) ?? {};
      const variance =
        counts.reduce(
          (sum, { opening, closing, conversations }) =>
            sum + conversations * (closing - opening - shift) ** 2,
          0,
        ) / n;
      const width = (interval?.high ?? 0) - (interval?.low ?? 0);
      expect(width / (2 * 1.96 * Math.sqrt(variance / n))).toBeCloseTo(1, 1);
    }
  });

  it('is the same for the same seed, in whatever order the counts come', () => {
    expect(shiftBootstrap(TABLE.toReversed(), { seed: 5 })?.interval).toEqual(
      shiftBootstrap(TABLE, { seed: 5 })?.interval,
    );
    expect(shiftBootstrap(TABLE, { seed: 6 })?.interval).not.toEqual(
      shiftBootstrap(TABLE, { seed: 5 })?.interval,
    );
  });

  it('has no interval where every conversation shifts alike, and is undefined without any', () => {
    const alike = [
      { opening: -0.5, closing: 0, conversations: 40 },
      { opening: 0, closing: 0.5, conversations: 40 },
      { opening: 0, closing: 1, conversations: 0 },
    ];
    expect(shiftBootstrap(alike, { seed: 1 })?.shift).toBe(0.5);
    expect(shiftBootstrap(alike, { seed: 1 })?.interval).toBeNull();
    expect(shiftBootstrap([{ opening: 0, closing: 1, conversations: 0 }], { seed: 1 })).toBeNull();
  });
});
