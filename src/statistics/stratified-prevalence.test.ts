import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { posteriorInterval } from './posterior-interval.ts';
import { type LabelledStratum, stratifiedPrevalence } from './stratified-prevalence.ts';

const SAID_YES = { size: 4518, labelled: 200, positive: 143 };
const SAID_NO = { size: 126_966, labelled: 200, positive: 1 };

const stratum = fc
  .record({ size: fc.integer({ min: 1, max: 100_000 }), labelled: fc.integer({ min: 1, max: 300 }) })
  .chain(({ size, labelled }) =>
    fc.record({
      size: fc.constant(size),
      labelled: fc.constant(labelled),
      positive: fc.integer({ min: 0, max: labelled }),
    }),
  );

function range(strata: readonly LabelledStratum[], confidence?: number) {
  return stratifiedPrevalence(strata, confidence)?.interval ?? { low: 2, high: -1 };
}

describe('a prevalence from a stratified sample', () => {
  it("weighs each stratum's share by its size", () => {
    const { estimate } = stratifiedPrevalence([SAID_YES, SAID_NO]) ?? {};
    expect(estimate).toBeCloseTo((4518 * (143 / 200) + 126_966 * (1 / 200)) / 131_484, 12);
  });

  it('is a proportion with its own interval where there is one stratum', () => {
    expect(range([{ size: 900, labelled: 50, positive: 8 }])).toEqual(posteriorInterval(8, 50));
  });

  it("squares and adds each stratum's doubt and that of the sizes", () => {
    const { low, high } = range([SAID_YES, SAID_NO]);
    const [yes, no] = [posteriorInterval(143, 200), posteriorInterval(1, 200)];
    const weight = 4518 / 131_484;
    const estimate = weight * 0.715 + (1 - weight) * 0.005;
    const sizes = 1.959964 * Math.sqrt((weight * (1 - weight) * (0.715 - 0.005) ** 2) / 131_484);
    const down = [weight * (0.715 - (yes?.low ?? 0)), (1 - weight) * (0.005 - (no?.low ?? 0)), sizes];
    const up = [weight * ((yes?.high ?? 0) - 0.715), (1 - weight) * ((no?.high ?? 0) - 0.005), sizes];
    expect(low).toBeCloseTo(estimate - Math.hypot(...down), 9);
    expect(high).toBeCloseTo(estimate + Math.hypot(...up), 9);
  });

  it('is not sure that a large stratum without a labelled positive has none', () => {
    const { low, high } = range([SAID_YES, { ...SAID_NO, positive: 0 }]);
    expect(high - low).toBeGreaterThan(0.015);
  });

  it('lies within 0 and 1, contains the estimate, grows with the confidence, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(stratum, { minLength: 1, maxLength: 5 }), (strata) => {
        const { estimate = 2 } = stratifiedPrevalence(strata) ?? {};
        const { low, high } = range(strata);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(estimate + 1e-12);
        expect(high).toBeGreaterThanOrEqual(estimate - 1e-12);
        expect(range(strata, 0.99).high).toBeGreaterThanOrEqual(high - 1e-12);
        const reversed = range(strata.toReversed());
        expect(reversed.low).toBeCloseTo(low, 9);
        expect(reversed.high).toBeCloseTo(high, 9);
      }),
    );
  });

  it('leaves out what has no conversations', () => {
    const empty = { size: 0, labelled: 0, positive: 0 };
    expect(stratifiedPrevalence([SAID_YES, empty, SAID_NO])).toEqual(
      stratifiedPrevalence([SAID_YES, SAID_NO]),
    );
  });

  it('is undefined without conversations, and where a stratum has none labelled', () => {
    expect(stratifiedPrevalence([])).toBeNull();
    expect(stratifiedPrevalence([SAID_YES, { size: 5, labelled: 0, positive: 0 }])).toBeNull();
  });
});
