import { describe, expect, it } from 'vitest';
import type { Field } from '../schema/field.ts';
import { krippendorffInterval, krippendorffNominal } from '../statistics/krippendorff.ts';
import { seededRandom } from '../statistics/random.ts';
import { fieldAgreement } from './field-agreement.ts';
import type { Voted } from './voted-unit.ts';

const SEEDED = { resamples: 200, seed: 1 };
const NAMES = ['ana', 'ben', 'cleo', 'dov'];

function voted(values: readonly (readonly unknown[])[], more: Partial<Voted> = {}): Voted[] {
  return values.map((votes, index) => ({
    id: `c${index}`,
    window: null,
    family: `f${index}`,
    label: { tone: (votes[0] ?? null) as string },
    adjudicated: false,
    votes: votes.map((value, at) => ({
      by: NAMES[at] ?? '',
      label: { tone: value as string },
      unsure: false,
    })),
    ...more,
  }));
}

function agree(field: Field, cases: readonly Voted[]) {
  const task = { name: 't', fields: { tone: field }, windows: null };
  return fieldAgreement(task, 'tone', field, cases, SEEDED);
}

const ABC: Field = { kind: 'nominal', labels: ['a', 'b', 'c'] };

describe('the agreement on a field', () => {
  // By hand: 10 pairs, both a 4 times, both b 3 times, a and b twice, b and c once.
  const pairs = [...times(4, ['a', 'a']), ...times(3, ['b', 'b']), ['a', 'b'], ['b', 'a'], ['b', 'c']];
  const found = agree(ABC, voted(pairs));

  it('counts the pairs of votes that are equal', () => {
    expect(found).toMatchObject({ units: 10, split: 3, pairs: { value: expect.closeTo(0.7) } });
  });

  it('gives 2a / (2a + b + c) of each class', () => {
    expect(
      found.labels.map(({ label, votes, units, agreement }) => [label, votes, units, agreement.value]),
    ).toEqual([
      ['a', 10, 6, expect.closeTo(8 / 10)],
      ['b', 9, 6, expect.closeTo(6 / 9)],
      ['c', 1, 1, 0],
    ]);
  });

  it('counts confusions both ways round, and names the largest first', () => {
    expect(found.matrix).toEqual({
      labels: ['a', 'b', 'c'],
      counts: [
        [8, 2, 0],
        [2, 6, 1],
        [0, 1, 0],
      ],
    });
    expect(found.confusions).toEqual([
      { labels: ['a', 'b'], pairs: 2 },
      { labels: ['b', 'c'], pairs: 1 },
    ]);
  });

  it('sets each two annotators against each other, and each against the label', () => {
    // Ana: 5 a, 5 b; Ben: 5 a, 4 b, 1 c. By chance (25 + 20) / 100.
    const kappa = expect.closeTo((0.7 - 0.45) / 0.55);
    expect(found.annotators).toMatchObject([{ first: 'ana', second: 'ben', units: 10, equal: 7, kappa }]);
    expect(found.annotators[0]?.counts).toEqual([
      [4, 1, 0],
      [1, 3, 1],
      [0, 0, 0],
    ]);
    expect(found.againstLabel).toMatchObject([
      { first: 'ana', second: null, units: 10, equal: 10, kappa: 1 },
      { first: 'ben', second: null, units: 10, equal: 7 },
    ]);
  });

  it('has the alpha of the statistics, with more votes on some units than on others', () => {
    const random = seededRandom(3);
    const units = Array.from({ length: 60 }, () =>
      Array.from(
        { length: Math.floor(random() * 5) },
        () => ['a', 'b', 'c'][Math.floor(random() * 3)] ?? 'a',
      ),
    );
    expect(agree(ABC, voted(units)).alpha.value).toBeCloseTo(krippendorffNominal(units) ?? 9, 10);
    const levels = { a: -1, b: 0, c: 0.25 };
    const scaled = units.map((votes) => votes.map((vote) => levels[vote as 'a' | 'b' | 'c']));
    const interval = agree({ kind: 'ordinal', levels }, voted(units));
    expect(interval.distance).toBe('interval');
    expect(interval.alpha.value).toBeCloseTo(krippendorffInterval(scaled) ?? 9, 10);
  });

  it('has intervals that hold the value and reach below it where all agree', () => {
    const { alpha, pairs: equal } = agree(ABC, voted([...times(20, ['a', 'a']), ...times(20, ['b', 'b'])]));
    for (const { value, interval } of [alpha, equal]) {
      expect(value).toBe(1);
      expect(interval?.high).toBe(1);
      expect(interval?.low).toBeLessThan(1);
    }
  });

  it('is undefined, not wrong, where nobody voted twice', () => {
    const { alpha, pairs: equal, ceiling, units } = agree(ABC, voted([['a'], [], ['b']]));
    expect([units, alpha.value, equal.value, ceiling.independent.value]).toEqual([0, null, null, null]);
  });
});

describe('the agreement on sets', () => {
  const field: Field = { kind: 'set', labels: ['x', 'y', 'z'] };
  const sets = [
    [['x'], ['x', 'y']],
    [['x'], ['x']],
    [[], []],
  ];
  const found = agree(field, voted(sets));

  it('weighs what sets share', () => {
    // Distances: {x} and {x, y} 1 - 1/2 * 2/3 = 2/3, to the empty set 1. Votes: 3 {x}, 1 {x, y}, 2 none.
    // Observed 2 * 2/3; by chance 2 * (3 * 1 * 2/3 + 3 * 2 * 1 + 1 * 2 * 1) = 20, over 5.
    expect(found.distance).toBe('MASI');
    expect(found.alpha.value).toBeCloseTo(1 - ((4 / 3) * 5) / 20, 12);
    // {x, y} and {y, z} overlap: 1 - 1/3 * 1/3 = 8/9; one of each on each of two units is as far apart as can be.
    const crossed = [
      [
        ['x', 'y'],
        ['y', 'z'],
      ],
      [
        ['x', 'y'],
        ['x', 'y'],
      ],
    ];
    expect(agree(field, voted(crossed)).alpha.value).toBeCloseTo(1 - ((16 / 9) * 3) / ((2 * 3 * 8) / 9), 12);
  });

  it('speaks of each label by itself', () => {
    expect(
      found.labels.map(({ label, units, agreement, alpha }) => [label, units, agreement.value, alpha?.value]),
    ).toEqual([
      ['x', 2, 1, 1],
      ['y', 1, 0, 0],
      ['z', 0, null, null],
    ]);
  });
});

it('takes windows apart and together', () => {
  const windows = {
    opening: { take: 'first' as const, messages: 1 },
    closing: { take: 'last' as const, messages: 1 },
  };
  const task = { name: 't', fields: { tone: ABC }, windows };
  const cases = [
    ...voted(times(3, ['a', 'a']), { window: 'opening' }),
    ...voted(
      [
        ['a', 'b'],
        ['b', 'b'],
      ],
      { window: 'closing' },
    ),
  ];
  const found = fieldAgreement(task, 'tone', ABC, cases, SEEDED);
  expect([found.units, found.split]).toEqual([5, 1]);
  expect(found.windows.map(({ window, units, split }) => [window, units, split])).toEqual([
    ['opening', 3, 0],
    ['closing', 2, 1],
  ]);
});

it('leaves out cases to which a field does not apply', () => {
  const why: Field = { kind: 'nominal', labels: ['p', 'q'], only_where: 'is' };
  const task = { name: 't', fields: { is: { kind: 'binary' as const }, why }, windows: null };
  const vote = (by: string, is: boolean, given: string | null) => ({
    by,
    label: { is, why: given },
    unsure: false,
  });
  const cases = [
    [vote('ana', false, null), vote('ben', false, null)],
    [vote('ana', true, 'p'), vote('ben', false, null)],
  ].map((votes, index) => {
    const label = votes[0]?.label ?? null;
    return { id: `c${index}`, window: null, family: `f${index}`, label, adjudicated: false, votes };
  });
  const found = fieldAgreement(task, 'why', why, cases, SEEDED);
  expect([found.units, found.matrix.labels, found.confusions]).toEqual([
    1,
    ['p', 'q', '(none)'],
    [{ labels: ['p', '(none)'], pairs: 1 }],
  ]);
});

function times<T>(count: number, value: T): T[] {
  return new Array<T>(count).fill(value);
}
