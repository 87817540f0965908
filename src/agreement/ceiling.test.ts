import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../statistics/random.ts';
import { ceilingOf } from './ceiling.ts';
import type { FieldUnit } from './voted-unit.ts';

const NONE = () => null;

function unit(votes: readonly string[], label: string | null, more: Partial<FieldUnit> = {}): FieldUnit {
  const named = votes.map((value, index) => ({ by: String(index), value }));
  return { family: JSON.stringify([votes, label]), label, adjudicated: false, votes: named, ...more };
}

describe('the ceiling by hand', () => {
  // 16 units on which both agree, 4 on which they do not: A = 0.8. With two classes p² + (1 - p)² = 0.8.
  const units = [
    ...new Array(8).fill(unit(['a', 'a'], 'a')),
    ...new Array(8).fill(unit(['b', 'b'], 'b')),
    ...new Array(4).fill(unit(['a', 'b'], 'a')),
  ];
  const found = ceilingOf(units, 2, NONE);

  it("follows Bayes' rule under independent errors", () => {
    const p = (1 + Math.sqrt(0.6)) / 2;
    const unanimous = p ** 2 / (p ** 2 + (1 - p) ** 2);
    expect(found.independent.value).toBeCloseTo((16 * unanimous + 4 * 0.5) / 20, 12);
    // The mean is what a single vote is right by: a label of two votes is no better.
    expect(found.independent.value).toBeCloseTo(p, 12);
  });

  it('is the agreement itself if the differences are toss-ups', () => {
    expect(found.tossUps.value).toBeCloseTo(0.8, 12);
  });

  it('speaks of the labels that votes decided alone', () => {
    const adjudicated = units.map((each) =>
      each.votes[0]?.value === each.votes[1]?.value ? each : { ...each, adjudicated: true },
    );
    const open = unit(['a', 'a'], null);
    const p = (1 + Math.sqrt(0.6)) / 2;
    expect(ceilingOf(adjudicated, 2, NONE)).toMatchObject({
      labels: 16,
      adjudicated: 4,
      independent: { value: expect.closeTo(p ** 2 / (p ** 2 + (1 - p) ** 2), 12) },
      // Share 0.4 of toss-ups, half of them unanimous: 0.2 of 0.8, half of these wrong.
      tossUps: { value: expect.closeTo(1 - 0.2 / 0.8 / 2, 12) },
    });
    expect(ceilingOf([...units, open], 2, NONE).labels).toBe(20);
  });

  it('counts labels that most votes speak against', () => {
    expect(ceilingOf([unit(['a', 'a', 'b'], 'b'), unit(['a', 'b'], 'b')], 2, NONE).againstVotes).toBe(1);
  });

  it('gives a part of a hit where the others tie', () => {
    // Of a, a, b: each a meets a tie of a and b; the b meets two a.
    expect(ceilingOf([unit(['a', 'a', 'b'], 'a')], 2, NONE).leaveOneOut.value).toBeCloseTo(1 / 3, 12);
    expect(ceilingOf(units, 2, NONE).leaveOneOut.value).toBeNull();
  });

  it('is unknown where votes agree less than by chance, and whole where all agree', () => {
    expect(ceilingOf([unit(['a', 'b'], 'a')], 2, NONE).independent.value).toBeNull();
    expect(ceilingOf([unit(['a', 'a'], 'a')], 2, NONE)).toMatchObject({
      independent: { value: 1 },
      tossUps: { value: 1 },
    });
  });
});

const CLASSES = ['a', 'b', 'c', 'd'];

/** Votes that are right with one probability, wrong ones anywhere; the label is the most frequent, ties by lot. */
function simulated(
  cases: number,
  votes: number,
  accuracy: number,
  random: Random,
): { units: FieldUnit[]; right: number } {
  let right = 0;
  const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
  const units = Array.from({ length: cases }, (_, index) => {
    const truth = pick(CLASSES) ?? '';
    const wrong = CLASSES.filter((each) => each !== truth);
    const given = Array.from({ length: votes }, () => (random() < accuracy ? truth : (pick(wrong) ?? '')));
    const counts = [...Map.groupBy(given, (value) => value)].map(([value, { length }]) => ({
      value,
      length,
    }));
    const most = Math.max(...counts.map(({ length }) => length));
    const label = pick(counts.filter(({ length }) => length === most))?.value ?? '';
    if (label === truth) right += 1;
    return unit(given, label, { family: String(index) });
  });
  return { units, right: right / cases };
}

describe('the ceiling of simulated annotators', () => {
  it.each([
    [2, 0.8],
    [3, 0.7],
    [5, 0.6],
  ])(
    'of %i votes that are right with probability %d is what a classifier that is right measures',
    (votes, accuracy) => {
      const { units, right } = simulated(20_000, votes, accuracy, seededRandom(votes));
      expect(ceilingOf(units, CLASSES.length, NONE).independent.value).toBeCloseTo(right, 2);
    },
  );

  it('has an interval that holds the truth about 95 times of 100', () => {
    const random = seededRandom(11);
    const truth = simulated(200_000, 3, 0.75, seededRandom(5)).right;
    let held = 0;
    for (let run = 0; run < 200; run++) {
      const { units } = simulated(150, 3, 0.75, random);
      const { interval } = ceilingOf(units, CLASSES.length, () => ({
        resamples: 300,
        seed: run,
      })).independent;
      if (interval !== null && interval.low <= truth && truth <= interval.high) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(180);
    expect(held).toBeLessThan(200);
  });

  it('is the lower one where differences are toss-ups', () => {
    const random = seededRandom(7);
    let right = 0;
    const units = Array.from({ length: 20_000 }, (_, index) => {
      const isTossUp = random() < 0.2;
      const votes = Array.from({ length: 3 }, () => (isTossUp && random() < 0.5 ? 'b' : 'a'));
      const label = votes.filter((vote) => vote === 'a').length > 1 ? 'a' : 'b';
      if (isTossUp ? random() < 0.5 : label === 'a') right += 1;
      return unit(votes, label, { family: String(index) });
    });
    const { tossUps, independent } = ceilingOf(units, 2, NONE);
    expect(tossUps.value).toBeCloseTo(right / 20_000, 2);
    expect(independent.value).toBeGreaterThan(tossUps.value ?? 1);
  });
});
