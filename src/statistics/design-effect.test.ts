import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { designEffect } from './design-effect.ts';

describe('the design effect', () => {
  it('is one where no family has a second case', () => {
    expect(
      designEffect([
        { successes: 1, trials: 1, families: 30 },
        { successes: 0, trials: 1, families: 12 },
      ]),
    ).toBe(1);
  });

  it('is about the family size where members share their fate', () => {
    const tallies = [
      { successes: 3, trials: 3, families: 400 },
      { successes: 0, trials: 3, families: 100 },
    ];
    expect(designEffect(tallies)).toBeCloseTo(3, 1);
  });

  it('is one where members of a family differ more than strangers do', () => {
    expect(designEffect([{ successes: 1, trials: 2, families: 50 }])).toBe(1);
  });

  it('is the largest possible where all cases are right', () => {
    expect(designEffect([{ successes: 2, trials: 2, families: 50 }])).toBe(2);
  });

  it('lies between one and the size of the largest family, about', () => {
    const tally = fc.integer({ min: 1, max: 4 }).chain((trials) =>
      fc.record({
        trials: fc.constant(trials),
        successes: fc.integer({ min: 0, max: trials }),
        families: fc.integer({ min: 1, max: 20 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(tally, { minLength: 1 }), (tallies) => {
        const families = tallies.reduce((sum, { families: count }) => sum + count, 0);
        const effect = designEffect(tallies);
        expect(effect).toBeGreaterThanOrEqual(1);
        expect(effect).toBeLessThanOrEqual((4 * families) / Math.max(1, families - 1) + 1e-9);
      }),
    );
  });
});
