import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Oracles } from '../../test/oracles/oracles.ts';
import { stratifiedPrevalence } from './stratified-prevalence.ts';
import { type PredictedStratum, weightedPredictionPowered } from './weighted-prediction-powered.ts';

const path = join(import.meta.dirname, '../../test/data/oracles/metrics.json');
const { prevalence } = JSON.parse(readFileSync(path, 'utf8')) as Oracles;

const SAID_YES: PredictedStratum = {
  unlabelled: { n: 4518, positive: 4518 },
  labelled: { truePositive: 143, falseNegative: 0, falsePositive: 57, trueNegative: 0 },
};
const SAID_NO: PredictedStratum = {
  unlabelled: { n: 126_966, positive: 0 },
  labelled: { truePositive: 0, falseNegative: 1, falsePositive: 0, trueNegative: 199 },
};
/** Stratified by one answer; what is said here is another. */
const OTHER: PredictedStratum[] = [
  {
    unlabelled: { n: 3000, positive: 700 },
    labelled: { truePositive: 40, falseNegative: 12, falsePositive: 6, trueNegative: 142 },
  },
  {
    unlabelled: { n: 97_000, positive: 900 },
    labelled: { truePositive: 1, falseNegative: 1, falsePositive: 2, trueNegative: 196 },
  },
];

describe('prediction-powered inference with weights', () => {
  it.each(prevalence)('is the plain one for $unlabelled_positive in $unlabelled_n without strata', (o) => {
    const { tp, fn, fp, tn } = o.labelled;
    const stratum = {
      unlabelled: { n: o.unlabelled_n, positive: o.unlabelled_positive },
      labelled: { truePositive: tp, falseNegative: fn, falsePositive: fp, trueNegative: tn },
    };
    const plain = weightedPredictionPowered([stratum]);
    const tuned = weightedPredictionPowered([stratum], { lambda: 'tuned' });
    expect(tuned?.lambda).toBeCloseTo(o.ppi_tuned?.lambda_ ?? Number.NaN, 9);
    for (const [ours, theirs] of [[plain, o.ppi] as const, [tuned, o.ppi_tuned] as const]) {
      const { estimate = 0, standardError = 0 } = ours ?? {};
      expect(estimate).toBeCloseTo(theirs?.estimate ?? Number.NaN, 9);
      expect(estimate - 1.959963984540054 * standardError).toBeCloseTo(theirs?.ci95?.[0] ?? Number.NaN, 6);
      expect(estimate + 1.959963984540054 * standardError).toBeCloseTo(theirs?.ci95?.[1] ?? Number.NaN, 6);
    }
  });

  it('counts a labelled case for as many as it stands for', () => {
    const weights = [3000 / 200, 97_000 / 200];
    for (const lambda of [0, 0.6, 1]) {
      const corrections = OTHER.map(({ labelled: l }, i) => {
        const errors = l.truePositive * (1 - lambda) + l.falseNegative - l.falsePositive * lambda;
        return (weights[i] ?? 0) * errors;
      });
      const byHand = (lambda * 1600 + (corrections[0] ?? 0) + (corrections[1] ?? 0)) / 100_000;
      expect(weightedPredictionPowered(OTHER, { lambda })?.estimate).toBeCloseTo(byHand, 12);
    }
  });

  it('does not depend on the trust where strata are what the classifier said', () => {
    const stratified = stratifiedPrevalence([
      { size: 4518, labelled: 200, positive: 143 },
      { size: 126_966, labelled: 200, positive: 1 },
    ]);
    for (const lambda of [0, 0.5, 1, 'tuned'] as const)
      expect(weightedPredictionPowered([SAID_YES, SAID_NO], { lambda })?.estimate).toBeCloseTo(
        stratified?.estimate ?? 2,
        12,
      );
  });

  it('has about the least standard error when tuned', () => {
    const error = (lambda: number | 'tuned') =>
      weightedPredictionPowered(OTHER, { lambda })?.standardError ?? Number.NaN;
    for (const lambda of [0, 0.25, 0.5, 0.75, 1])
      expect(error('tuned')).toBeLessThanOrEqual(error(lambda) * 1.05);
  });

  it('has about the normal interval where nothing is rare', () => {
    const stratum = {
      unlabelled: { n: 50_000, positive: 20_000 },
      labelled: { truePositive: 1500, falseNegative: 400, falsePositive: 500, trueNegative: 2600 },
    };
    for (const lambda of [0, 0.5, 1, 'tuned'] as const) {
      const result = weightedPredictionPowered([stratum], { lambda });
      const { estimate = 0, standardError = 0, interval = { low: 0, high: 0 } } = result ?? {};
      expect((estimate - interval.low) / standardError).toBeCloseTo(1.96, 1);
      expect((interval.high - estimate) / standardError).toBeCloseTo(1.96, 1);
    }
  });

  it('is undefined without conversations, and where a stratum has none labelled', () => {
    const none = { truePositive: 0, falseNegative: 0, falsePositive: 0, trueNegative: 0 };
    expect(weightedPredictionPowered([])).toBeNull();
    expect(weightedPredictionPowered([SAID_YES, { ...SAID_NO, labelled: none }])).toBeNull();
    expect(
      weightedPredictionPowered([SAID_YES, { unlabelled: { n: 0, positive: 0 }, labelled: none }]),
    ).toEqual(weightedPredictionPowered([SAID_YES]));
  });
});
