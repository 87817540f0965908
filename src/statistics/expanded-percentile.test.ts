import { describe, expect, it } from 'vitest';
import { expandedPercentiles } from './expanded-percentile.ts';

const REPLICATES = Float64Array.from({ length: 10_001 }, (_, i) => i / 10_000);

describe('expanded percentiles', () => {
  it.each([
    [5, 0.000954],
    [20, 0.015881],
    [100, 0.023064],
  ])('of %i cases begin where Student says', (n, share) => {
    const { low, high } = expandedPercentiles(REPLICATES, n) ?? { low: 2, high: -1 };
    expect(low).toBeCloseTo(share, 4);
    expect(high).toBeCloseTo(1 - share, 4);
  });

  it('are the plain ones for very many cases', () => {
    expect(expandedPercentiles(REPLICATES, 1e7)?.low).toBeCloseTo(0.025, 5);
    expect(expandedPercentiles(REPLICATES, 1e7, 0.8)?.high).toBeCloseTo(0.9, 5);
  });

  it('are undefined for one case', () => {
    expect(expandedPercentiles(REPLICATES, 1)).toBeNull();
    expect(expandedPercentiles(new Float64Array(0), 50)).toBeNull();
  });
});
