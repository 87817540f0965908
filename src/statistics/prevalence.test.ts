import { describe, expect, it } from 'vitest';
import { predictionPowered, roganGladen } from './prevalence.ts';

const LABELLED = { truePositive: 78, falseNegative: 5, falsePositive: 10, trueNegative: 207 };
const PERFECT = { truePositive: 80, falseNegative: 0, falsePositive: 0, trueNegative: 220 };

describe('a prevalence corrected for errors', () => {
  it('is the raw share where the classifier makes none', () => {
    expect(roganGladen({ n: 1000, positive: 300 }, PERFECT)).toBeCloseTo(0.3, 12);
    expect(predictionPowered({ n: 1000, positive: 300 }, PERFECT)?.estimate).toBeCloseTo(0.3, 12);
  });

  it('is the share among labelled cases where the classifier is not trusted', () => {
    const { estimate } = predictionPowered({ n: 5000, positive: 1558 }, LABELLED, { lambda: 0 }) ?? {};
    expect(estimate).toBeCloseTo(83 / 300, 12);
  });

  it('has no wider interval when tuned', () => {
    const width = (lambda: number | 'tuned') => {
      const { low, high } = predictionPowered({ n: 5000, positive: 1558 }, LABELLED, { lambda })
        ?.interval ?? {
        low: 0,
        high: 0,
      };
      return high - low;
    };
    expect(width('tuned')).toBeLessThanOrEqual(Math.min(width(0), width(1)) + 1e-4);
    expect(width('tuned')).toBeGreaterThan(0);
  });

  it('is undefined for a coin, and without cases', () => {
    const coin = { truePositive: 5, falseNegative: 5, falsePositive: 20, trueNegative: 20 };
    const none = { truePositive: 0, falseNegative: 0, falsePositive: 0, trueNegative: 0 };
    expect(roganGladen({ n: 100, positive: 50 }, coin)).toBeNull();
    expect(roganGladen({ n: 100, positive: 50 }, none)).toBeNull();
    expect(predictionPowered({ n: 100, positive: 50 }, none)).toBeNull();
    expect(predictionPowered({ n: 0, positive: 0 }, LABELLED)).toBeNull();
  });
});
