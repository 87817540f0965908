import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tangoInterval, tangoLossAtLeast } from './tango.ts';

const comparison = fc.integer({ min: 1, max: 400 }).chain((n) =>
  fc.integer({ min: 0, max: n }).chain((baselineOnly) =>
    fc.record({
      n: fc.constant(n),
      baselineOnly: fc.constant(baselineOnly),
      candidateOnly: fc.integer({ min: 0, max: n - baselineOnly }),
    }),
  ),
);

describe("Tango's score method", () => {
  it('has an interval that contains the difference seen', () => {
    fc.assert(
      fc.property(comparison, ({ n, ...discordant }) => {
        const { low, high } = tangoInterval(discordant, n) ?? { low: 1, high: -1 };
        const difference = (discordant.candidateOnly - discordant.baselineOnly) / n;
        expect(low).toBeLessThanOrEqual(difference + 1e-9);
        expect(high).toBeGreaterThanOrEqual(difference - 1e-9);
        expect(low).toBeGreaterThanOrEqual(-1);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('rejects a margin at 2.5% exactly where the 95% interval ends', () => {
    const discordant = { baselineOnly: 14, candidateOnly: 5 };
    const { low } = tangoInterval(discordant, 400) ?? { low: 0 };
    expect(tangoLossAtLeast(discordant, 400, -low)).toBeCloseTo(0.025, 6);
  });

  it("is Wilson's interval of a loss of none where nothing is discordant", () => {
    const z2 = 1.959963984540054 ** 2;
    expect(tangoInterval({ baselineOnly: 0, candidateOnly: 0 }, 100)?.low).toBeCloseTo(-z2 / (100 + z2), 9);
  });

  it('finds a loss of the margin less likely the more cases show none', () => {
    const p = [50, 100, 400].map((n) => tangoLossAtLeast({ baselineOnly: 1, candidateOnly: 1 }, n, 0.05));
    expect(p).toEqual(p.toSorted((a, b) => b - a));
  });

  it('shows nothing without cases', () => {
    expect(tangoInterval({ baselineOnly: 0, candidateOnly: 0 }, 0)).toBeNull();
    expect(tangoLossAtLeast({ baselineOnly: 0, candidateOnly: 0 }, 0, 0.1)).toBe(1);
  });
});
