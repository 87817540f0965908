import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerOf, type Given, runSoFar } from '../../test/run-so-far.ts';
import type { Rule } from '../schema/suite.ts';
import { scoreRun } from '../score/score-run.ts';
import { completeRun, nothingElse } from './complete-run.ts';
import { metricRows } from './metric-rows.ts';

const rule = (metric: string): Rule => ({ rule: 'no_worse_than_baseline', metric, margin: 0.1, alpha: 0.05 });
const RULES = [rule('mood.mae'), rule('mood.recall.low'), rule('mood.macro_f1')];
const level = fc.integer({ min: 0, max: 2 });
const givenCases = (now: fc.Arbitrary<number | null>) =>
  fc.array(fc.record({ expected: level, before: level, now, family: fc.integer({ min: 0, max: 30 }) }), {
    minLength: 1,
    maxLength: 40,
  });

describe('metricRows', () => {
  it("gives the run's own intervals once all is answered", () => {
    fc.assert(
      fc.property(givenCases(level), (given) => {
        const { soFar, baseline } = runSoFar(given, RULES);
        const { fields } = scoreRun(completeRun(soFar, nothingElse), { resamples: 200 });
        for (const { metric, now, interval } of metricRows(soFar, baseline, 200)) {
          const score = fields.mood?.metrics[metric.replace('mood.', '')];
          expect(now).toBe(score?.value);
          expect(interval).toEqual(score?.interval && { low: score.interval.low, high: score.interval.high });
        }
      }),
      { numRuns: 40 },
    );
  });

  it('reaches as far as what the rest may bring: the metric of every completion lies within', () => {
    const rest = fc.array(level, { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(givenCases(fc.option(level)), rest, (given, levels) => {
        const { soFar, baseline } = runSoFar(given, RULES);
        const indexOf = new Map(soFar.cases.map(({ id }, index) => [id, index]));
        const later = completeRun(soFar, ({ id }) => answerOf(levels[indexOf.get(id) ?? 0] ?? 0));
        const { fields } = scoreRun(later, { resamples: 0 });
        for (const { metric, interval } of metricRows(soFar, baseline, 100)) {
          const value = fields.mood?.metrics[metric.replace('mood.', '')]?.value;
          if (interval === null || value == null) continue;
          expect(value).toBeGreaterThanOrEqual(interval.low - 1e-9);
          expect(value).toBeLessThanOrEqual(interval.high + 1e-9);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('never shows an interval narrower than that of the whole run, though the hardest cases came first', () => {
    const given = Array.from({ length: 100 }, (_, index): Given => {
      return { expected: 0, before: 0, now: index < 20 ? 1 : null };
    });
    const { soFar, baseline } = runSoFar(given, []);
    const [row] = metricRows(soFar, baseline, 0);
    expect(row?.now).toBe(0.8);
    expect(row?.before).toBe(1);
    // All wrong at worst; 80 of 100 right at best.
    expect(row?.interval?.low).toBeCloseTo(0, 2);
    expect(row?.interval?.high).toBeCloseTo(0.867, 2);
  });

  it('says nothing of F1 before all is answered, and no value without a baseline', () => {
    const given = [
      { expected: 0, before: 0, now: 0 },
      { expected: 1, before: 1, now: null },
    ];
    const { soFar, baseline } = runSoFar(given, RULES, { headline: 'mood.macro_f1' });
    expect(metricRows(soFar, baseline, 100)[0]?.interval).toBeNull();
    expect(metricRows(soFar, null, 0)[0]?.now).toBeNull();
  });
});
