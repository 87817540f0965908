import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../schema/run-record.ts';
import { addTo, sparseVector } from '../statistics/sparse-vector.ts';
import type { Scorer } from './scorer.ts';
import { singleLabelScorer } from './single-label-scorer.ts';

/** Metrics of pairs of expected and given; undefined for no usable answer. */
function metricsOf(scorer: Scorer, pairs: readonly (readonly [Value, Value | undefined])[]) {
  const cells = new Float64Array(scorer.size);
  for (const [expected, given] of pairs) {
    const additions = scorer.additions(expected, given);
    if (additions !== null) addTo(cells, sparseVector(additions), 1);
  }
  const values = new Float64Array(scorer.metrics.length);
  scorer.measure(cells, values);
  const metrics = Object.fromEntries(scorer.metrics.map(({ name }, i) => [name, values[i] ?? Number.NaN]));
  return { metrics, cells };
}

const nominal = singleLabelScorer({ kind: 'nominal', labels: ['a', 'b', 'c'] });
const reason = singleLabelScorer({ kind: 'nominal', labels: ['a', 'b'], only_where: 'asked' });
const binary = singleLabelScorer({ kind: 'binary' });
const ordinal = singleLabelScorer({ kind: 'ordinal', levels: { low: -1, mid: 0, high: 1 } });

describe('one label of several', () => {
  it('has rows of what was expected and columns of what was given, unusable answers last', () => {
    const { cells } = metricsOf(nominal, [
      ['a', 'a'],
      ['a', 'b'],
      ['c', undefined],
    ]);
    expect(nominal.matrix(cells)).toEqual({
      rows: ['a', 'b', 'c'],
      columns: ['a', 'b', 'c', 'invalid'],
      counts: [
        [1, 1, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 1],
      ],
    });
  });

  it('counts an unusable answer as wrong, never as absent', () => {
    const label = fc.constantFrom('a', 'b', 'c');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(label, fc.option(label, { nil: undefined })), { minLength: 1 }),
        (pairs) => {
          const { metrics, cells } = metricsOf(nominal, pairs);
          expect(nominal.count(cells)).toBe(pairs.length);
          expect(metrics.accuracy).toBeCloseTo(pairs.filter(([a, b]) => a === b).length / pairs.length, 12);
          expect(metrics.kappa ?? Number.NaN).not.toBeGreaterThan(1);
        },
      ),
    );
  });

  it('costs recall, but not precision, where an answer is unusable', () => {
    const { metrics } = metricsOf(nominal, [
      ['a', 'a'],
      ['a', undefined],
    ]);
    expect(metrics).toMatchObject({ 'recall.a': 0.5, 'precision.a': 1, 'f1.a': 2 / 3 });
  });

  it('takes a value that is no label of the field for an unusable answer', () => {
    const { cells } = metricsOf(nominal, [['a', 'z']]);
    expect(nominal.matrix(cells)?.counts[0]).toEqual([0, 0, 0, 1]);
  });

  it('has no metric without cases', () => {
    const { metrics } = metricsOf(nominal, []);
    expect(Object.values(metrics).every(Number.isNaN)).toBe(true);
    expect(nominal.classes(new Float64Array(nominal.size))[0]).toEqual({
      label: 'a',
      support: 0,
      precision: null,
      recall: null,
      f1: null,
    });
  });

  it('averages balanced accuracy over the classes that occur, macro F1 over all', () => {
    const { metrics } = metricsOf(nominal, [
      ['a', 'a'],
      ['b', 'b'],
    ]);
    expect(metrics.balanced_accuracy).toBe(1);
    expect(metrics.macro_f1).toBeCloseTo(2 / 3, 12);
  });
});

describe('a field that only counts where another holds', () => {
  it('leaves out a case where nothing is expected and nothing given', () => {
    expect(reason.additions(null, null)).toBeNull();
    expect(reason.additions(null, undefined)).toBeNull();
    expect(reason.additions(null, 'a')).not.toBeNull();
    expect(reason.additions('a', null)).not.toBeNull();
  });

  it('shows null as `none`, in no macro figure', () => {
    const { metrics, cells } = metricsOf(reason, [
      ['a', 'a'],
      ['b', 'b'],
      ['b', null],
      [null, 'a'],
    ]);
    expect(reason.matrix(cells)).toEqual({
      rows: ['a', 'b', 'none'],
      columns: ['a', 'b', 'none', 'invalid'],
      counts: [
        [1, 0, 0, 0],
        [0, 1, 1, 0],
        [1, 0, 0, 0],
      ],
    });
    expect(metrics.accuracy).toBe(0.5);
    expect(metrics.macro_f1).toBeCloseTo(2 / 3, 12);
    expect(metrics.balanced_accuracy).toBe(0.75);
    expect(reason.classes(cells).map(({ label }) => label)).toEqual(['a', 'b']);
  });
});

describe('true or false', () => {
  it('has the classes false and true', () => {
    const { metrics } = metricsOf(binary, [
      [true, true],
      [true, false],
      [false, false],
    ]);
    expect(metrics).toMatchObject({ 'recall.true': 0.5, 'recall.false': 1, 'precision.false': 0.5 });
  });
});

describe('ordered levels', () => {
  it('count an unusable answer as the level farthest from the expected one', () => {
    const { metrics } = metricsOf(ordinal, [
      ['low', undefined],
      ['mid', undefined],
      ['high', 'high'],
    ]);
    expect(metrics.mae).toBe(1);
    expect(metricsOf(ordinal, [['low', undefined]]).metrics.mae).toBe(2);
  });

  it('never count an unusable answer as within one level, even where all levels are', () => {
    expect(metricsOf(ordinal, [['mid', undefined]]).metrics.within_one).toBe(0);
    expect(metricsOf(ordinal, [['mid', 'low']]).metrics.within_one).toBe(1);
  });

  it('do not gain from an answer that becomes unusable', () => {
    const level = fc.constantFrom('low', 'mid', 'high');
    fc.assert(
      fc.property(fc.array(fc.tuple(level, level), { minLength: 2 }), ([first, ...pairs]) => {
        const before = metricsOf(ordinal, [first ?? ['mid', 'mid'], ...pairs]).metrics;
        const after = metricsOf(ordinal, [[first?.[0] ?? 'mid', undefined], ...pairs]).metrics;
        for (const name of ['accuracy', 'within_one', 'recall.low'])
          expect(after[name]).toBeLessThanOrEqual((before[name] ?? 0) + 1e-12);
        expect(after.mae).toBeGreaterThanOrEqual((before.mae ?? 0) - 1e-12);
      }),
    );
  });
});
