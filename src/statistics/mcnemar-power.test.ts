import { describe, expect, it } from 'vitest';
import { mcnemarCandidateWorse } from './mcnemar.ts';
import { casesNeeded, smallestVisibleDrop } from './mcnemar-plan.ts';
import { mcnemarPower } from './mcnemar-power.ts';

/** Over all outcomes of n cases: lost, won, or neither. */
function byEnumeration(n: number, lost: number, won: number, alpha: number): number {
  let power = 0;
  for (let b = 0; b <= n; b++)
    for (let c = 0; b + c <= n; c++) {
      if (mcnemarCandidateWorse({ baselineOnly: b, candidateOnly: c }) > alpha) continue;
      let ways = 1;
      for (let i = 0; i < b; i++) ways *= (n - i) / (i + 1);
      for (let i = 0; i < c; i++) ways *= (n - b - i) / (i + 1);
      power += ways * lost ** b * won ** c * (1 - lost - won) ** (n - b - c);
    }
  return power;
}

describe("the power of McNemar's test", () => {
  it.each([
    { n: 12, discordant: 0.6, drop: 0.4 },
    { n: 25, discordant: 0.4, drop: 0.3 },
    { n: 30, discordant: 0.2, drop: 0.2 },
    { n: 7, discordant: 1, drop: 0.8 },
  ])('is that of enumerating every outcome (%o)', ({ n, discordant, drop }) => {
    const [lost, won] = [(discordant + drop) / 2, (discordant - drop) / 2];
    expect(mcnemarPower({ n, discordant, drop, alpha: 0.05 })).toBeCloseTo(
      byEnumeration(n, lost, won, 0.05),
      10,
    );
  });

  it('is at most the level where there is no drop', () => {
    for (const n of [5, 50, 500])
      expect(mcnemarPower({ n, discordant: 0.1, drop: 0, alpha: 0.05 })).toBeLessThanOrEqual(0.05);
  });

  it('is nothing without cases, and undefined for a drop larger than what differs', () => {
    expect(mcnemarPower({ n: 0, discordant: 0.1, drop: 0.1, alpha: 0.05 })).toBe(0);
    expect(mcnemarPower({ n: 10, discordant: 0.1, drop: 0.2, alpha: 0.05 })).toBeNaN();
  });
});

describe('planning', () => {
  it('gives a drop that is seen with 80% power, and a slightly smaller one is not', () => {
    const drop = smallestVisibleDrop(420, { discordant: 0.08, alpha: 0.05 }) ?? 0;
    const powerAt = (d: number) => mcnemarPower({ n: 420, discordant: 0.08, drop: d, alpha: 0.05 });
    expect(powerAt(drop)).toBeGreaterThanOrEqual(0.8);
    expect(powerAt(drop - 0.0005)).toBeLessThan(0.8);
  });

  it('says so where no drop could be seen', () => {
    expect(smallestVisibleDrop(4, { discordant: 0.1, alpha: 0.05 })).toBeNull();
  });

  it('needs more cases for a smaller drop', () => {
    const needed = [0.05, 0.03, 0.02].map(
      (drop) => casesNeeded(drop, { discordant: 0.08, alpha: 0.05 }) ?? 0,
    );
    expect(needed).toEqual(needed.toSorted((a, b) => a - b));
    for (const [i, drop] of [0.05, 0.03, 0.02].entries())
      expect(mcnemarPower({ n: needed[i] ?? 0, discordant: 0.08, drop, alpha: 0.05 })).toBeGreaterThanOrEqual(
        0.8,
      );
  });

  it('needs twice the cases where clusters halve what a case says', () => {
    const planned = { discordant: 0.08, alpha: 0.05 };
    const alone = casesNeeded(0.03, planned) ?? 0;
    expect(casesNeeded(0.03, { ...planned, designEffect: 2 })).toBeGreaterThanOrEqual(2 * alone - 1);
    expect(smallestVisibleDrop(420, { ...planned, designEffect: 2 })).toBeCloseTo(
      smallestVisibleDrop(210, planned) ?? 0,
      9,
    );
  });
});
