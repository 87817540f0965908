import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addTo, sparseVector } from '../statistics/sparse-vector.ts';
import { setScorer } from './set-scorer.ts';

const LABELS = ['a', 'b', 'c'];
const scorer = setScorer({ kind: 'set', labels: LABELS });

function metricsOf(pairs: readonly (readonly [string[], string[] | undefined])[]) {
  const cells = new Float64Array(scorer.size);
  for (const [expected, given] of pairs)
    addTo(cells, sparseVector(scorer.additions(expected, given) ?? []), 1);
  const values = new Float64Array(scorer.metrics.length);
  scorer.measure(cells, values);
  return { cells, metrics: Object.fromEntries(scorer.metrics.map(({ name }, i) => [name, values[i]])) };
}

const labels = fc.subarray(LABELS);

describe('any of several labels', () => {
  it('counts an unusable answer as wrong in every label', () => {
    const { metrics, cells } = metricsOf([[['a'], undefined]]);
    expect(metrics).toMatchObject({
      accuracy: 0,
      subset_accuracy: 0,
      jaccard: 0,
      hamming_loss: 1,
      micro_f1: 0,
    });
    expect(scorer.perLabel(cells)).toEqual({
      a: {
        rows: ['false', 'true'],
        columns: ['false', 'true', 'invalid'],
        counts: [
          [0, 0, 0],
          [0, 0, 1],
        ],
      },
      b: {
        rows: ['false', 'true'],
        columns: ['false', 'true', 'invalid'],
        counts: [
          [0, 0, 1],
          [0, 0, 0],
        ],
      },
      c: {
        rows: ['false', 'true'],
        columns: ['false', 'true', 'invalid'],
        counts: [
          [0, 0, 1],
          [0, 0, 0],
        ],
      },
    });
  });

  it('counts an unusable answer as wrong where no label was expected, too', () => {
    expect(metricsOf([[[], undefined]]).metrics).toMatchObject({ accuracy: 0, jaccard: 0 });
  });

  it('is right where both are empty', () => {
    expect(metricsOf([[[], []]]).metrics).toMatchObject({ accuracy: 1, jaccard: 1, hamming_loss: 0 });
  });

  it('does not mind in which order labels come', () => {
    expect(
      metricsOf([
        [
          ['a', 'c'],
          ['c', 'a'],
        ],
      ]).metrics.accuracy,
    ).toBe(1);
    expect(scorer.classOf(['c', 'a'])).toBe('a+c');
    expect(scorer.classOf([])).toBe('none');
  });

  it('has as its Jaccard index the mean of shared by all labels', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(labels, labels), { minLength: 1 }), (pairs) => {
        const indices = pairs.map(([a, b]) => {
          const all = new Set([...a, ...b]).size;
          return all === 0 ? 1 : a.filter((label) => b.includes(label)).length / all;
        });
        const mean = indices.reduce((sum, x) => sum + x, 0) / indices.length;
        expect(metricsOf(pairs).metrics.jaccard).toBeCloseTo(mean, 10);
      }),
    );
  });

  it('has no metric without cases', () => {
    expect(Object.values(metricsOf([]).metrics).every(Number.isNaN)).toBe(true);
  });
});
