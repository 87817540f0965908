import { describe, expect, it } from 'vitest';
import { answer, madeRun } from '../../test/oracles/made-run.ts';
import type { Field } from '../schema/field.ts';
import { scoreRun } from './score-run.ts';

const FIELDS: Record<string, Field> = {
  topic: { kind: 'nominal', labels: ['a', 'b', 'c'] },
  is_a: { kind: 'binary', from: 'topic', true_for: ['a'] },
};

const topics = ['a', 'b', 'c'] as const;
const expectedOf = (i: number) => ({ topic: topics[i % 3] ?? 'a' });
/** Wrong in every fifth case. */
const givenOf = (i: number) => answer(i % 5 === 0 ? { topic: topics[(i + 1) % 3] ?? 'a' } : expectedOf(i));
const run = madeRun(
  FIELDS,
  Array.from({ length: 60 }, (_, i) => ({
    expected: expectedOf(i),
    answers: [givenOf(i)],
    tags: i % 4 === 0 ? ['boundary', 'rare'].slice(0, i < 20 ? 2 : 1) : [],
    lang: i < 12 ? 'zh' : 'en',
    family: `f${Math.floor(i / 2)}`,
  })),
);

describe('scores of a run', () => {
  const scores = scoreRun(run);

  it('have every field, derived ones too, with intervals around the values', () => {
    expect(Object.keys(scores.fields)).toEqual(['topic', 'is_a']);
    for (const field of Object.values(scores.fields))
      for (const [name, { value, interval }] of Object.entries(field.metrics)) {
        expect(value, name).not.toBeNull();
        expect(interval?.low, name).toBeLessThanOrEqual(value ?? -2);
        expect(interval?.high, name).toBeGreaterThanOrEqual(value ?? 2);
      }
    expect(scores.fields.topic?.metrics.accuracy?.value).toBe(0.8);
    expect(scores.fields.topic?.metrics.accuracy?.interval?.method).toBe('wilson');
    expect(scores.fields.topic?.metrics.macro_f1?.interval?.method).toBe('bootstrap');
  });

  it('have slices of ten cases or more, by name', () => {
    expect(scores.slices.map(({ name, n }) => [name, n])).toEqual([
      ['lang:en', 48],
      ['lang:zh', 12],
      ['tag:boundary', 15],
    ]);
  });

  it('have windows as slices', () => {
    const windows = madeRun(
      FIELDS,
      Array.from({ length: 20 }, (_, i) => ({
        expected: expectedOf(i),
        answers: [givenOf(i)],
        window: i % 2 === 0 ? 'opening' : 'closing',
      })),
    );
    const names = scoreRun(windows).slices.map(({ name }) => name);
    expect(names).toEqual(['lang:en', 'window:closing', 'window:opening']);
  });

  it('are the same for the same run, whatever the order of its cases', () => {
    expect(scoreRun(run)).toEqual(scores);
    expect(scoreRun({ ...run, cases: run.cases.toReversed() })).toEqual(scores);
  });

  it('have other bootstrap intervals, and the same values, with another seed', () => {
    const other = scoreRun(run, { seed: 2 });
    const [ours, theirs] = [scores.fields.topic?.metrics.kappa, other.fields.topic?.metrics.kappa];
    expect(theirs?.value).toBe(ours?.value);
    expect(theirs?.interval).not.toEqual(ours?.interval);
    expect(theirs?.interval?.low).toBeCloseTo(ours?.interval?.low ?? 0, 1);
  });

  it('have only the intervals of proportions without resamples', () => {
    const metrics = scoreRun(run, { resamples: 0 }).fields.topic?.metrics;
    expect(metrics?.accuracy?.interval).toEqual(scores.fields.topic?.metrics.accuracy?.interval);
    expect(metrics?.macro_f1?.interval).toBeNull();
  });

  it('say how right the most frequent class would be', () => {
    const lopsided = madeRun(
      FIELDS,
      ['b', 'b', 'b', 'a'].map((topic) => ({ expected: { topic }, answers: [answer({ topic })] })),
    );
    expect(scoreRun(lopsided).fields.topic?.majority).toEqual({ label: 'b', share: 0.75 });
  });

  it('are empty, not broken, without cases', () => {
    const none = scoreRun(madeRun(FIELDS, []));
    expect(none.n).toBe(0);
    expect(none.fields.topic?.n).toBe(0);
    expect(none.fields.topic?.majority).toEqual({ label: 'none', share: 0 });
    for (const { value, interval } of Object.values(none.fields.topic?.metrics ?? {}))
      expect([value, interval]).toEqual([null, null]);
  });

  it('leave room for errors not seen where every case is right', () => {
    const perfect = madeRun(
      FIELDS,
      Array.from({ length: 30 }, (_, i) => ({ expected: expectedOf(i), answers: [answer(expectedOf(i))] })),
    );
    const { accuracy, macro_f1, kappa } = scoreRun(perfect).fields.topic?.metrics ?? {};
    expect(accuracy).toMatchObject({ value: 1, interval: { high: 1 } });
    for (const metric of [accuracy, macro_f1, kappa]) {
      expect(metric?.value).toBeCloseTo(1, 12);
      expect(metric?.interval?.low).toBeLessThan(0.95);
    }
  });
});

describe('families', () => {
  it('that share their fate make intervals as wide as half the cases would', () => {
    const inPairs = (paired: boolean) =>
      scoreRun(
        madeRun(
          FIELDS,
          Array.from({ length: 400 }, (_, i) => ({
            expected: expectedOf(Math.floor(i / 2)),
            answers: [givenOf(Math.floor(i / 2))],
            family: paired ? `f${Math.floor(i / 2)}` : `f${i}`,
          })),
        ),
      ).fields.topic?.metrics;
    for (const name of ['accuracy', 'macro_f1', 'kappa']) {
      const width = (paired: boolean) => {
        const { low, high } = inPairs(paired)?.[name]?.interval ?? { low: 0, high: 0 };
        return high - low;
      };
      expect(width(true) / width(false), name).toBeGreaterThan(1.3);
      expect(width(true) / width(false), name).toBeLessThan(1.6);
    }
  });
});

describe('repeats', () => {
  const repeated = madeRun(FIELDS, [
    {
      expected: { topic: 'a' },
      answers: [answer({ topic: 'a' }), answer({ topic: 'b' }), answer({ topic: 'a' })],
    },
    { expected: { topic: 'b' }, answers: [answer({ topic: 'b' }), answer('invalid'), answer('refused')] },
  ]);

  it('weigh a case as one, by the mean of its answers', () => {
    const { n, unusable, fields } = scoreRun(repeated);
    expect(n).toBe(2);
    expect(fields.topic?.n).toBeCloseTo(2, 12);
    expect(fields.topic?.metrics.accuracy?.value).toBeCloseTo(0.5, 12);
    expect(fields.topic?.matrix?.counts[1]?.[3]).toBeCloseTo(2 / 3, 12);
    expect(unusable).toEqual({ invalid: 1 / 3, refused: 1 / 3, failed: 0 });
  });

  it('or by its most frequent answer, which may be that there is none', () => {
    const { topic } = scoreRun(repeated, { repeats: 'majority' }).fields;
    expect(topic?.matrix?.counts).toEqual([
      [1, 0, 0, 0],
      [0, 0, 0, 1],
      [0, 0, 0, 0],
    ]);
  });
});
