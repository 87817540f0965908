import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mcnemarCandidateWorse, mcnemarMidP, mcnemarTwoSided } from './mcnemar.ts';

const discordant = fc.record({
  baselineOnly: fc.integer({ min: 0, max: 60 }),
  candidateOnly: fc.integer({ min: 0, max: 60 }),
});

/** Share of all ways to split n cases with at least so many for the baseline. */
function byCounting(n: number, atLeast: number): number {
  let ways = 1;
  let counted = 0;
  for (let k = 0; k <= n; k++) {
    if (k >= atLeast) counted += ways;
    ways = (ways * (n - k)) / (k + 1);
  }
  return counted / 2 ** n;
}

describe("McNemar's exact test", () => {
  it('counts the splits at least as bad for the candidate', () => {
    fc.assert(
      fc.property(discordant, ({ baselineOnly, candidateOnly }) => {
        const p = mcnemarCandidateWorse({ baselineOnly, candidateOnly });
        expect(p).toBeCloseTo(byCounting(baselineOnly + candidateOnly, baselineOnly), 9);
      }),
    );
  });

  it('does not mind, two-sided, which run is called the baseline', () => {
    fc.assert(
      fc.property(discordant, ({ baselineOnly, candidateOnly }) => {
        const swapped = { baselineOnly: candidateOnly, candidateOnly: baselineOnly };
        expect(mcnemarTwoSided({ baselineOnly, candidateOnly })).toBeCloseTo(mcnemarTwoSided(swapped), 12);
        expect(mcnemarMidP({ baselineOnly, candidateOnly })).toBeCloseTo(mcnemarMidP(swapped), 12);
      }),
    );
  });

  it('is never less strict than with mid-p', () => {
    fc.assert(fc.property(discordant, (d) => mcnemarMidP(d) <= mcnemarTwoSided(d) + 1e-12));
  });

  it('finds nothing where nothing is discordant', () => {
    const none = { baselineOnly: 0, candidateOnly: 0 };
    expect([mcnemarTwoSided(none), mcnemarCandidateWorse(none), mcnemarMidP(none)]).toEqual([1, 1, 1]);
  });
});
