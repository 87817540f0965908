import binomialLogpmf from '@stdlib/stats-base-dists-binomial-logpmf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clopperPearsonInterval } from './clopper-pearson.ts';
import { wilsonInterval } from './wilson.ts';

const trials = fc
  .integer({ min: 1, max: 500 })
  .chain((n) => fc.record({ n: fc.constant(n), successes: fc.integer({ min: 0, max: n }) }));

describe.each([
  ["Wilson's interval", wilsonInterval],
  ["Clopper and Pearson's interval", clopperPearsonInterval],
])('%s', (_name, intervalOf) => {
  it('contains the share seen and stays within 0 and 1', () => {
    fc.assert(
      fc.property(trials, ({ successes, n }) => {
        const { low, high } = intervalOf(successes, n) ?? { low: 2, high: -1 };
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(successes / n + 1e-12);
        expect(high).toBeGreaterThanOrEqual(successes / n - 1e-12);
      }),
    );
  });

  it('is the mirror image for failures', () => {
    fc.assert(
      fc.property(trials, ({ successes, n }) => {
        const ours = intervalOf(successes, n);
        const mirrored = intervalOf(n - successes, n);
        expect(ours?.low).toBeCloseTo(1 - (mirrored?.high ?? 0), 9);
      }),
    );
  });

  it('ends at 0 where none succeed and at 1 where all do, without a rounding error', () => {
    for (const n of [1, 10, 30, 77]) {
      expect(intervalOf(0, n)?.low).toBe(0);
      expect(intervalOf(n, n)?.high).toBe(1);
    }
  });

  it('is wider at a higher confidence', () => {
    const [at90, at99] = [intervalOf(7, 20, 0.9), intervalOf(7, 20, 0.99)];
    expect(at99?.low).toBeLessThan(at90?.low ?? 0);
    expect(at99?.high).toBeGreaterThan(at90?.high ?? 1);
  });

  it('is undefined without trials', () => {
    expect(intervalOf(0, 0)).toBeNull();
  });
});

describe('coverage', () => {
  const coverage = (intervalOf: typeof wilsonInterval, n: number, share: number) => {
    let covered = 0;
    for (let successes = 0; successes <= n; successes++) {
      const { low, high } = intervalOf(successes, n) ?? { low: 1, high: 0 };
      if (low <= share && share <= high) covered += Math.exp(binomialLogpmf(successes, n, share));
    }
    return covered;
  };

  it("is never below the confidence with Clopper and Pearson's interval", () => {
    for (let share = 0.01; share < 1; share += 0.01)
      expect(coverage(clopperPearsonInterval, 37, share)).toBeGreaterThanOrEqual(0.95);
  });

  it("is 95% on average over shares with Wilson's interval", () => {
    const shares = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
    const mean = shares.reduce((sum, share) => sum + coverage(wilsonInterval, 100, share), 0) / shares.length;
    expect(mean).toBeGreaterThan(0.945);
    expect(mean).toBeLessThan(0.955);
  });
});
