import binomialLogpmf from '@stdlib/stats-base-dists-binomial-logpmf';
import { describe, expect, it } from 'vitest';
import { sampleBinomial } from './binomial-sample.ts';
import { seededRandom, seedFor } from './random.ts';

/** Chi-square of draws against the distribution, by its degrees of freedom; about 1 where they agree. */
function misfit(n: number, p: number, draws = 40_000): number {
  const random = seededRandom(11);
  const seen = new Map<number, number>();
  for (let i = 0; i < draws; i++) {
    const k = sampleBinomial(random, n, p);
    seen.set(k, (seen.get(k) ?? 0) + 1);
  }
  let chiSquare = 0;
  let cells = 0;
  for (let k = 0; k <= n; k++) {
    const expected = draws * Math.exp(binomialLogpmf(k, n, p));
    if (expected < 5) continue;
    chiSquare += ((seen.get(k) ?? 0) - expected) ** 2 / expected;
    cells++;
  }
  return chiSquare / (cells - 1);
}

describe('a binomial draw', () => {
  it.each([
    [20, 0.05],
    [20, 0.95],
    [300, 0.02],
    [200, 0.06],
    [320, 0.05],
    [100, 0.3],
    [1000, 0.5],
    [5000, 0.01],
    [200, 0.8],
  ])('of %i trials at %f follows the distribution', (n, p) => {
    const ratio = misfit(n, p);
    expect(ratio).toBeGreaterThan(0.3);
    expect(ratio).toBeLessThan(1.9);
  });

  it('is certain where the outcome is', () => {
    const random = seededRandom(1);
    expect(sampleBinomial(random, 50, 0)).toBe(0);
    expect(sampleBinomial(random, 50, 1)).toBe(50);
    expect(sampleBinomial(random, 0, 0.4)).toBe(0);
  });
});

describe('seeded numbers', () => {
  it('are the same for the same seed and others for the next', () => {
    const first = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
    expect(first(7)).toEqual(first(7));
    expect(first(7)).not.toEqual(first(8));
  });

  it('lie in [0, 1), around the middle', () => {
    const random = seededRandom(3);
    const numbers = Array.from({ length: 20_000 }, random);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(numbers.reduce((sum, x) => sum + x, 0) / numbers.length).toBeCloseTo(0.5, 2);
  });

  it('have a seed of their own by name', () => {
    expect(seedFor(1, 'primary')).toBe(seedFor(1, 'primary'));
    expect(seedFor(1, 'primary')).not.toBe(seedFor(1, 'topics'));
    expect(seedFor(1, 'primary')).not.toBe(seedFor(2, 'primary'));
  });
});
