import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roganGladen } from './prevalence.ts';
import { roganGladenInterval } from './rogan-gladen-interval.ts';
import { wilsonInterval } from './wilson.ts';

const LABELLED = { truePositive: 78, falseNegative: 5, falsePositive: 10, trueNegative: 207 };
const count = fc.integer({ min: 0, max: 300 });
const labelled = fc.record({
  truePositive: count,
  falseNegative: count,
  falsePositive: count,
  trueNegative: count,
});
const unlabelled = fc
  .integer({ min: 1, max: 200_000 })
  .chain((n) => fc.record({ n: fc.constant(n), positive: fc.integer({ min: 0, max: n }) }));

describe("the interval of Rogan and Gladen's prevalence", () => {
  it("is Wilson's of the raw share, corrected, where the error rates are as good as known", () => {
    const raw = { n: 2000, positive: 300 };
    const known = {
      truePositive: 0.85e12,
      falseNegative: 0.15e12,
      falsePositive: 0.05e12,
      trueNegative: 0.95e12,
    };
    const wilson = wilsonInterval(300, 2000);
    const { interval } = roganGladenInterval(raw, known) ?? {};
    expect(interval?.low).toBeCloseTo(((wilson?.low ?? 0) - 0.05) / 0.8, 5);
    expect(interval?.high).toBeCloseTo(((wilson?.high ?? 0) - 0.05) / 0.8, 5);
  });

  it('is wider than that where they are measured on a few hundred', () => {
    const raw = { n: 5000, positive: 1558 };
    const wilson = wilsonInterval(1558, 5000);
    const { interval } = roganGladenInterval(raw, LABELLED) ?? {};
    const width = (interval?.high ?? 0) - (interval?.low ?? 0);
    expect(width).toBeGreaterThan(((wilson?.high ?? 0) - (wilson?.low ?? 0)) / 0.89);
  });

  it('squares and adds what each rate alone can do', () => {
    const rate = (share: number, hits: number, alarms: number) => (share - alarms) / (hits - alarms);
    const [p, hits, alarms] = [0.0344, 0.85, 0.01];
    const [share, hit, alarm] = [
      wilsonInterval(3440, 1e5),
      wilsonInterval(170, 200),
      wilsonInterval(4, 400),
    ].map((range) => range ?? { low: 0, high: 0 });
    const middle = rate(p, hits, alarms);
    const down = [
      rate(share?.low ?? 0, hits, alarms),
      rate(p, hit?.high ?? 0, alarms),
      rate(p, hits, alarm?.high ?? 0),
    ].map((end) => middle - end);
    const corrected = roganGladenInterval(
      { n: 1e5, positive: 3440 },
      { truePositive: 170, falseNegative: 30, falsePositive: 4, trueNegative: 396 },
    );
    expect(corrected?.estimate).toBeCloseTo(middle, 12);
    expect(corrected?.interval?.low).toBeCloseTo(middle - Math.hypot(...down), 12);
  });

  it('lies within 0 and 1, contains the estimate and grows with the confidence', () => {
    fc.assert(
      fc.property(unlabelled, labelled, (raw, errors) => {
        const corrected = roganGladenInterval(raw, errors);
        if (corrected === null || corrected.interval === null) return;
        const { estimate, interval } = corrected;
        expect(interval.low).toBeGreaterThanOrEqual(0);
        expect(interval.high).toBeLessThanOrEqual(1);
        expect(interval.low).toBeLessThanOrEqual(estimate);
        expect(interval.high).toBeGreaterThanOrEqual(estimate);
        const wider = roganGladenInterval(raw, errors, 0.99)?.interval;
        expect(wider?.low).toBeLessThanOrEqual(interval.low);
        expect(wider?.high).toBeGreaterThanOrEqual(interval.high);
      }),
    );
  });

  it('is none where fewer are counted than the false alarms alone would be', () => {
    const hard = { truePositive: 45, falseNegative: 5, falsePositive: 30, trueNegative: 120 };
    const raw = { n: 131_484, positive: 4518 };
    expect(roganGladen(raw, hard)).toBeLessThan(0);
    expect(roganGladenInterval(raw, hard)).toEqual({ estimate: 0, interval: null });
  });

  it('is none where more are counted than there would be if all were positive', () => {
    const shy = { truePositive: 50, falseNegative: 150, falsePositive: 1, trueNegative: 199 };
    expect(roganGladenInterval({ n: 10_000, positive: 9000 }, shy)).toEqual({ estimate: 1, interval: null });
  });

  it('is all of 0 to 1 where the classifier may be a coin', () => {
    const few = { truePositive: 2, falseNegative: 1, falsePositive: 1, trueNegative: 2 };
    expect(roganGladenInterval({ n: 1000, positive: 500 }, few)?.interval).toEqual({ low: 0, high: 1 });
  });

  it('is undefined for a coin, for worse than a coin, and without positives, negatives or counts', () => {
    const raw = { n: 100, positive: 50 };
    const none = { truePositive: 0, falseNegative: 0, falsePositive: 0, trueNegative: 0 };
    expect(roganGladenInterval(raw, { ...none, truePositive: 5, falseNegative: 5 })).toBeNull();
    expect(roganGladenInterval(raw, { ...none, falsePositive: 5, trueNegative: 5 })).toBeNull();
    const coin = { truePositive: 5, falseNegative: 5, falsePositive: 20, trueNegative: 20 };
    expect(roganGladenInterval(raw, coin)).toBeNull();
    const contrary = { truePositive: 1, falseNegative: 9, falsePositive: 9, trueNegative: 1 };
    expect(roganGladenInterval(raw, contrary)).toBeNull();
    expect(roganGladenInterval({ n: 0, positive: 0 }, LABELLED)).toBeNull();
  });
});
