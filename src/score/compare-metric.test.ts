import { describe, expect, it } from 'vitest';
import { answer, madeRun } from '../../test/oracles/made-run.ts';
import type { Field } from '../schema/field.ts';
import { mcnemarCandidateWorse } from '../statistics/mcnemar.ts';
import { compareMetric } from './compare-metric.ts';

const FIELDS: Record<string, Field> = { topic: { kind: 'nominal', labels: ['a', 'b', 'c'] } };
const topics = ['a', 'b', 'c'] as const;
const RULE = { margin: 0.05, alpha: 0.05 };

/** 300 cases, wrong where `isWrong` says; in families of the size given. */
function runOf(isWrong: (i: number) => boolean, familySize = 1) {
  return madeRun(
    FIELDS,
    Array.from({ length: 300 }, (_, i) => ({
      expected: { topic: topics[i % 3] ?? 'a' },
      answers: [answer({ topic: topics[(i + Number(isWrong(i))) % 3] ?? 'a' })],
      family: `f${Math.floor(i / familySize)}`,
    })),
  );
}

const baseline = runOf((i) => i % 10 === 0);
const worse = runOf((i) => i % 5 === 0);
const METRICS = ['topic.accuracy', 'topic.macro_f1', 'topic.kappa', 'topic.precision.a'];

describe('a metric of two runs on the same cases', () => {
  it('is tested exactly where it is a share of independent cases', () => {
    const comparison = compareMetric(baseline, worse, 'topic.accuracy', RULE);
    expect(comparison).toMatchObject({
      n: 300,
      families: 300,
      baseline: 0.9,
      candidate: 0.8,
      designEffect: 1,
      discordant: { baselineOnly: 30, candidateOnly: 0 },
      worse: { p: mcnemarCandidateWorse({ baselineOnly: 30, candidateOnly: 0 }), method: 'mcnemar' },
      interval: { method: 'tango' },
    });
    expect(comparison.difference).toBeCloseTo(-0.1, 12);
  });

  it('counts only the cases of a class for its recall', () => {
    const { n, worse: test } = compareMetric(baseline, worse, 'topic.recall.a', RULE);
    expect([n, test.method]).toEqual([100, 'mcnemar']);
  });

  it.each(METRICS)('shows a loss of %s, and none the other way round', (metric) => {
    const loss = compareMetric(baseline, worse, metric, RULE);
    const gain = compareMetric(worse, baseline, metric, RULE);
    expect(loss.worse.p).toBeLessThan(0.005);
    expect(loss.interval?.high).toBeLessThan(0);
    expect(loss.lossAtLeastMargin.p).toBeGreaterThan(0.5);
    expect(gain.worse.p).toBeGreaterThan(0.9);
    expect(gain.lossAtLeastMargin.p).toBeLessThan(0.01);
    expect(gain.difference).toBeCloseTo(-(loss.difference ?? 0), 12);
  });

  it.each([...METRICS, 'topic.recall.b'])(
    'shows that %s lost less than the margin where no answer changed',
    (metric) => {
      for (const run of [baseline, runOf((i) => i % 10 === 0, 3)]) {
        const same = compareMetric(run, run, metric, { ...RULE, margin: 0.08 });
        expect(same.difference).toBe(0);
        expect(same.worse.p).toBe(1);
        expect(same.lossAtLeastMargin.p).toBeLessThan(0.05);
        expect(same.interval?.low).toBeLessThan(0);
        expect(same.interval?.high).toBeGreaterThan(0);
      }
    },
  );

  it('calls a metric that should be low worse where it rises', () => {
    const fields: Record<string, Field> = { mood: { kind: 'ordinal', levels: { low: 0, mid: 1, high: 2 } } };
    const runAt = (wrong: number) =>
      madeRun(
        fields,
        Array.from({ length: 200 }, (_, i) => ({
          expected: { mood: ['low', 'high'][i % 2] ?? 'low' },
          answers: [answer({ mood: i < wrong ? 'mid' : (['low', 'high'][i % 2] ?? 'low') })],
        })),
      );
    const {
      better,
      difference,
      interval,
      worse: test,
    } = compareMetric(runAt(10), runAt(40), 'mood.mae', RULE);
    expect([better, test.method]).toEqual(['lower', 'sign-flip']);
    expect(difference).toBeCloseTo(0.15, 12);
    expect(interval?.low).toBeGreaterThan(0);
    expect(test.p).toBeLessThan(0.005);
  });

  it('knows less where cases share a family', () => {
    const [alone, shared] = [1, 3].map((size) =>
      compareMetric(
        runOf((i) => Math.floor(i / 3) % 10 === 0, size),
        runOf((i) => Math.floor(i / 3) % 5 === 0, size),
        'topic.accuracy',
        RULE,
      ),
    );
    expect(shared?.worse.method).toBe('sign-flip');
    expect(shared?.designEffect).toBeCloseTo(3, 0);
    expect(shared?.worse.p).toBeGreaterThan(alone?.worse.p ?? 1);
    expect(shared?.smallestVisibleLoss).toBeGreaterThan(alone?.smallestVisibleLoss ?? 1);
    const width = (each: typeof alone) => (each?.interval?.high ?? 0) - (each?.interval?.low ?? 0);
    expect(width(shared) / width(alone)).toBeGreaterThan(1.4);
  });

  it('says how many more cases would decide', () => {
    const slightly = runOf((i) => i % 10 === 0 || i % 75 === 1);
    const few = compareMetric(baseline, slightly, 'topic.accuracy', { margin: 0.02, alpha: 0.05 });
    expect(few.worse.p).toBeGreaterThan(0.05);
    expect(few.lossAtLeastMargin.p).toBeGreaterThan(0.05);
    expect(few.moreCases).toBeGreaterThan(100);
    expect(few.moreCases).toBeLessThan(2_000);
  });

  it('takes repeats as one case each', () => {
    const twice = (run: typeof baseline) => ({
      ...run,
      cases: run.cases.map((each) => ({ ...each, answers: [...each.answers, ...each.answers] })),
    });
    const once = compareMetric(baseline, worse, 'topic.accuracy', RULE);
    const repeated = compareMetric(twice(baseline), twice(worse), 'topic.accuracy', RULE);
    expect(repeated).toEqual(once);
  });

  it('refuses runs of different cases, and unknown metrics', () => {
    const fewer = { ...baseline, cases: baseline.cases.slice(1) };
    expect(() => compareMetric(fewer, worse, 'topic.accuracy', RULE)).toThrow('is not in both runs');
    expect(() => compareMetric(baseline, worse, 'topic.qwk', RULE)).toThrow('no metric topic.qwk');
  });
});
