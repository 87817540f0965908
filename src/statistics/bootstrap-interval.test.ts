import { describe, expect, it } from 'vitest';
import { biasCorrectedInterval, shareBelow } from './bias-corrected-interval.ts';
import { bootstrapIntervals } from './bootstrap-interval.ts';
import { familyPopulation } from './family-population.ts';
import { fisherZInterval } from './fisher-z-interval.ts';
import { leaveOneOut, type Measure } from './leave-one-out.ts';
import { ascendingQuantile } from './quantile.ts';
import { sparseVector } from './sparse-vector.ts';
import { studentTReach, studentTTail } from './student-t.ts';

/** Share of cell 0. */
const share: Measure = (cells, values) => {
  values[0] = (cells[0] ?? 0) / ((cells[0] ?? 0) + (cells[1] ?? 0));
};
const population = (right: number, wrong: number) =>
  familyPopulation(
    2,
    Array.from({ length: right + wrong }, (_, i) => ({
      family: `f${i}`,
      vector: sparseVector([[i < right ? 0 : 1, 1]]),
    })),
  );
const options = { resamples: 4_000, seed: 1, worst: Float64Array.of(0, 100) };
const wanted = [{ index: 0, correlation: false }];

describe('leaving out one family at a time', () => {
  it('gives the standard error of a mean', () => {
    const [influence] = leaveOneOut(population(80, 20), share, [0]);
    expect(influence?.standardError).toBeCloseTo(Math.sqrt((0.8 * 0.2) / 99), 12);
  });

  it('leaves fewer degrees of freedom where few families carry the error', () => {
    const [even] = leaveOneOut(population(50, 50), share, [0]);
    const [rare] = leaveOneOut(population(98, 2), share, [0]);
    expect(even?.df).toBe(99);
    expect(rare?.df).toBeCloseTo(4.25, 0);
  });
});

describe('a bootstrap interval', () => {
  it('of a share is about as wide as the normal one', () => {
    const { low, high } = bootstrapIntervals(population(240, 160), share, wanted, options).get(0) ?? {
      low: 0,
      high: 0,
    };
    const half = 1.96 * Math.sqrt((0.6 * 0.4) / 400);
    expect(low).toBeCloseTo(0.6 - half, 2);
    expect(high).toBeCloseTo(0.6 + half, 2);
  });

  it('is wide where nothing varies, by errors that could have gone unseen', () => {
    const range = bootstrapIntervals(population(100, 0), share, wanted, options).get(0);
    expect(range?.high).toBe(1);
    expect(range?.low).toBeCloseTo(1 - 3.841 / 103.841, 3);
  });

  it('is undefined where the statistic is', () => {
    const never: Measure = (_cells, values) => {
      values[0] = Number.NaN;
    };
    expect(bootstrapIntervals(population(5, 5), never, wanted, options).get(0)).toBeNull();
    expect(bootstrapIntervals(familyPopulation(2, []), share, wanted, options).size).toBe(0);
  });
});

describe('its parts', () => {
  const evenly = Float64Array.from({ length: 1_001 }, (_, i) => i / 1_000);

  it('take percentiles as they are where the estimate is in the middle', () => {
    const { low, high } = biasCorrectedInterval(0.5, evenly, 1.959964);
    expect(low).toBeCloseTo(0.025, 3);
    expect(high).toBeCloseTo(0.975, 3);
  });

  it('move percentiles towards an estimate that lies above the middle', () => {
    const { low, high } = biasCorrectedInterval(0.6, evenly, 1.959964);
    expect(low).toBeGreaterThan(0.05);
    expect(high).toBeGreaterThan(0.98);
  });

  it('never take a share of replicates for 0 or 1', () => {
    expect(shareBelow(Float64Array.of(1, 2, 3, 4), 0)).toBe(0.125);
    expect(shareBelow(Float64Array.of(1, 2, 3, 4), 9)).toBe(0.875);
    expect(shareBelow(Float64Array.of(1, 2, 2, 4), 2)).toBe(0.5);
  });

  it('keep a correlation within its range, and the interval longer towards 0', () => {
    const replicates = Float64Array.from({ length: 99 }, (_, i) => Math.tanh(1.8 + (i - 49) / 200));
    const { low, high } = fisherZInterval(Math.tanh(1.8), replicates, 1.96) ?? { low: 0, high: 0 };
    expect(high).toBeLessThan(1);
    expect(Math.tanh(1.8) - low).toBeGreaterThan(high - Math.tanh(1.8));
    expect(fisherZInterval(1, Float64Array.of(1, 1, 1), 1.96)).toBeNull();
  });

  it("reach as far as tables of Student's t say", () => {
    expect(studentTReach(10, 0.95)).toBeCloseTo(2.228139, 6);
    expect(studentTReach(1e7, 0.95)).toBeCloseTo(1.959964, 4);
    expect(studentTTail(1.812461, 10)).toBeCloseTo(0.05, 6);
    expect(studentTTail(-1.812461, 10)).toBeCloseTo(0.95, 6);
  });

  it('interpolate quantiles', () => {
    expect(ascendingQuantile(Float64Array.of(1, 2, 4), 0.75)).toBe(3);
    expect(ascendingQuantile(Float64Array.of(), 0.5)).toBeNaN();
  });
});
