import { describe, expect, it } from 'vitest';
import { confidenceSequence, type FamilySum } from './confidence-sequence.ts';
import { seededRandom } from './random.ts';

const SHARE = { low: 0, high: 1, largestWeight: 1 };

describe('a confidence sequence', () => {
  it('knows nothing before anything is seen, and narrows around the mean', () => {
    expect(confidenceSequence([], SHARE, 0.95)).toEqual({ low: 0, high: 1 });
    const halves = Array.from({ length: 100 }, (_, i) => ({ value: i % 2, weight: 1 }));
    const { low, high } = confidenceSequence(halves, SHARE, 0.95);
    expect(low).toBeGreaterThan(0.3);
    expect(low).toBeLessThan(0.4);
    expect(high).toBeCloseTo(1 - low, 1);
  });

  it('covers the mean at every moment at once, in families as well', () => {
    const runs = 300;
    let missed = 0;
    for (let run = 0; run < runs; run++) {
      const random = seededRandom(run + 1);
      const families: FamilySum[] = [];
      // Accuracy 0.8; a family of two shares its fate.
      for (let i = 0; i < 120; i++) {
        const weight = random() < 0.2 ? 2 : 1;
        families.push({ weight, value: random() < 0.8 ? weight : 0 });
      }
      // The ends are of all moments up to now: the last look misses where any did.
      const { low, high } = confidenceSequence(families, { ...SHARE, largestWeight: 2 }, 0.95);
      if (low > 0.8 || high < 0.8) missed++;
    }
    expect(missed / runs).toBeLessThanOrEqual(0.05);
  });
});
