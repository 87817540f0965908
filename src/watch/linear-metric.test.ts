import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field } from '../schema/field.ts';
import type { Value } from '../schema/run-record.ts';
import { scorerOf } from '../score/scorer-of.ts';
import { isLinear } from './linear-metric.ts';

const FIELDS: Record<string, Field> = {
  flag: { kind: 'binary' },
  reason: { kind: 'nominal', labels: ['x', 'y', 'z'], only_where: 'flag' },
  mood: { kind: 'ordinal', levels: { low: -1, middle: 0, high: 1 } },
  topics: { kind: 'set', labels: ['p', 'q'] },
};
const VALUES: Record<string, Value[]> = {
  flag: [false, true],
  reason: ['x', 'y', 'z', null],
  mood: ['low', 'middle', 'high'],
  topics: [[], ['p'], ['q'], ['p', 'q']],
};

/** The metrics of a field over cases, by name; those that are undefined are left out. */
function measured(name: string, cases: readonly { expected: Value; given: Value | undefined }[]) {
  const scorer = scorerOf(FIELDS[name] ?? { kind: 'binary' });
  const cells = new Float64Array(scorer.size);
  for (const { expected, given } of cases)
    for (const [cell, value] of scorer.additions(expected, given) ?? [])
      cells[cell] = (cells[cell] ?? 0) + value;
  const values = new Float64Array(scorer.metrics.length);
  scorer.measure(cells, values);
  return scorer.metrics.map(({ name: metric, better }, index) => ({
    metric: `${name}.${metric}`,
    goodness: (better === 'higher' ? 1 : -1) * (values[index] ?? Number.NaN),
  }));
}

describe('a metric that has ends', () => {
  it.each(Object.keys(FIELDS))('lies between them whatever is answered, for %s', (name) => {
    const value = fc.constantFrom(...(VALUES[name] ?? []));
    const one = fc.record({ expected: value, given: fc.option(value, { nil: undefined }) });
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 12 }),
        fc.array(one, { minLength: 1, maxLength: 6 }),
        (so, rest) => {
          const completed = (answer: (expected: Value, given: Value | undefined) => Value | undefined) =>
            measured(name, [
              ...so,
              ...rest.map(({ expected, given }) => ({ expected, given: answer(expected, given) })),
            ]);
          const best = completed((expected) => expected);
          const worst = completed(() => undefined);
          for (const [index, { metric, goodness }] of completed((_, given) => given).entries()) {
            const high = best[index]?.goodness ?? Number.NaN;
            const low = worst[index]?.goodness ?? Number.NaN;
            const isDefined = ![low, goodness, high].some(Number.isNaN);
            if (!isDefined || !isLinear({ fields: FIELDS }, metric)) continue;
            expect(goodness, metric).toBeLessThanOrEqual(high + 1e-9);
            expect(goodness, metric).toBeGreaterThanOrEqual(low - 1e-9);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is no accuracy of a field that can be null: a label where none is right costs more than no answer', () => {
    const linear = (metric: string) => isLinear({ fields: FIELDS }, metric);
    expect(linear('reason.accuracy')).toBe(false);
    expect(['reason.recall.x', 'flag.accuracy', 'mood.mae', 'topics.jaccard'].every(linear)).toBe(true);
    expect(['flag.precision.true', 'mood.qwk', 'topics.macro_f1'].some(linear)).toBe(false);
  });
});
