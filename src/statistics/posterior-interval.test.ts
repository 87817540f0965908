import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { posteriorInterval } from './posterior-interval.ts';
import { wilsonInterval } from './wilson.ts';

const trials = fc
  .integer({ min: 1, max: 500 })
  .chain((n) => fc.record({ n: fc.constant(n), successes: fc.integer({ min: 0, max: n }) }));

describe('the interval from a posterior', () => {
  it('is its middle 95%, as scipy has it', () => {
    expect(posteriorInterval(1, 200)?.low).toBeCloseTo(0.0007376966, 9);
    expect(posteriorInterval(1, 200)?.high).toBeCloseTo(0.0245964674, 9);
    expect(posteriorInterval(7, 20)?.low).toBeCloseTo(0.1752715242, 9);
    expect(posteriorInterval(7, 20)?.high).toBeCloseTo(0.5684387789, 9);
  });

  it('ends at 0 and 1 where there are no successes or no failures', () => {
    expect(posteriorInterval(0, 50)?.low).toBe(0);
    expect(posteriorInterval(50, 50)?.high).toBe(1);
    expect(posteriorInterval(0, 0)).toBeNull();
  });

  it('contains the share seen and is the mirror image for failures', () => {
    fc.assert(
      fc.property(trials, ({ successes, n }) => {
        const { low, high } = posteriorInterval(successes, n) ?? { low: 2, high: -1 };
        expect(low).toBeLessThanOrEqual(successes / n);
        expect(high).toBeGreaterThanOrEqual(successes / n);
        expect(low).toBeCloseTo(1 - (posteriorInterval(n - successes, n)?.high ?? 2), 9);
      }),
    );
  });

  it("is Wilson's where there are many of either", () => {
    const [ours, wilson] = [posteriorInterval(3000, 10_000), wilsonInterval(3000, 10_000)];
    expect(ours?.low).toBeCloseTo(wilson?.low ?? 2, 4);
    expect(ours?.high).toBeCloseTo(wilson?.high ?? 2, 4);
  });
});
