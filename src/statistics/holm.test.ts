import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holm } from './holm.ts';

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });

describe("Holm's adjustment", () => {
  it('multiplies the smallest by their number, the next by one less, and never lets a larger one pass', () => {
    expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
  });

  it('lies between the p-value and what Bonferroni would make of it', () => {
    fc.assert(
      fc.property(pValues, (p) => {
        for (const [i, adjusted] of holm(p).entries()) {
          expect(adjusted).toBeGreaterThanOrEqual(p[i] ?? 2);
          expect(adjusted).toBeLessThanOrEqual(Math.min(1, (p[i] ?? 0) * p.length) + 1e-12);
        }
      }),
    );
  });

  it('keeps the order of p-values', () => {
    fc.assert(
      fc.property(pValues, (p) => {
        const adjusted = holm(p);
        for (let i = 0; i < p.length; i++)
          for (let j = 0; j < p.length; j++)
            if ((p[i] ?? 0) < (p[j] ?? 0)) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? 0);
      }),
    );
  });
});
