import { describe, expect, it } from 'vitest';
import { pairedPrevalence } from './paired-prevalence.ts';

describe('a prevalence under two prompts', () => {
  it('is the share of all conversations, and the difference that of those that moved', () => {
    const counts = { both: 30, baselineOnly: 5, candidateOnly: 15, neither: 150 };
    const { baseline, candidate, difference } = pairedPrevalence(counts) ?? {};
    expect([baseline, candidate, difference]).toEqual([0.175, 0.225, 0.05]);
  });

  /** The score statistic with its likelihood maximised by bisection in 50 digits. */
  it.each([
    [138, 59, 131_484, -0.0008175576785609454, -0.00039558572344977296],
    [3, 9, 131_484, -7.1064701725554786e-6, 0.00010986590429689207],
    [1, 0, 131_484, -4.308329104542589e-5, 2.1610049942024584e-5],
    [14, 5, 400, -0.04700352263631086, -0.0012650960050027372],
    [2, 0, 4_500_000, -1.620662211210402e-6, 4.092127219378457e-7],
  ])(
    'has its score interval where %i and %i of very many moved',
    (baselineOnly, candidateOnly, n, low, high) => {
      const counts = { both: 0, baselineOnly, candidateOnly, neither: n - baselineOnly - candidateOnly };
      const { interval } = pairedPrevalence(counts) ?? {};
      expect((interval?.low ?? 0) / low).toBeCloseTo(1, 9);
      expect((interval?.high ?? 0) / high).toBeCloseTo(1, 9);
    },
  );

  it('is turned round with the prompts', () => {
    const counts = { both: 480, baselineOnly: 138, candidateOnly: 59, neither: 130_807 };
    const { interval } = pairedPrevalence(counts) ?? {};
    const turned = pairedPrevalence({ ...counts, baselineOnly: 59, candidateOnly: 138 });
    expect(turned?.interval.low).toBeCloseTo(-(interval?.high ?? 0), 12);
    expect(turned?.interval.high).toBeCloseTo(-(interval?.low ?? 0), 12);
  });

  it('is undefined without conversations', () => {
    expect(pairedPrevalence({ both: 0, baselineOnly: 0, candidateOnly: 0, neither: 0 })).toBeNull();
  });
});
