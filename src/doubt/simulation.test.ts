import { describe, expect, it } from 'vitest';
import { seededRandom } from '../statistics/random.ts';
import type { Task } from '../task/task.ts';
import { type JudgedCase, rankDoubts } from './rank-doubts.ts';

const CLASSES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const TASK: Pick<Task, 'fields'> = { fields: { kind: { kind: 'nominal', labels: CLASSES } } };
const [CASES, RUNS, FLIPPED, ACCURACY, STUDIES] = [600, 5, 0.05, 0.8, 20];

/** Labels of which 5% are wrong, and runs of which a fifth is; `confused` of the cases of one class all runs call another. */
function simulate(seed: number, confused: number): { cases: JudgedCase[]; wrong: Set<string> } {
  const random = seededRandom(seed);
  const pick = (count: number) => Math.floor(random() * count);
  const other = (place: number) => (place + 1 + pick(CLASSES.length - 1)) % CLASSES.length;
  const labelOf = (place: number) => ({ kind: CLASSES[place] ?? '' });
  const wrong = new Set<string>();
  const cases = Array.from({ length: CASES }, (_, index): JudgedCase => {
    const id = `c${index}`;
    const truth = pick(CLASSES.length);
    if (random() < FLIPPED) wrong.add(id);
    const label = labelOf(wrong.has(id) ? other(truth) : truth);
    const seen = truth === 0 && random() < confused ? 1 : truth;
    const answers = Array.from({ length: RUNS }, () => [labelOf(random() < ACCURACY ? seen : other(truth))]);
    return { ...{ id, window: null, label, adjudicated: false, votes: [], doubted: [] }, answers };
  });
  return { cases, wrong };
}

/** Means over the studies. */
function figures(confused: number): { first10: number; precision: number; in2k: number; noise: number } {
  const all = Array.from({ length: STUDIES }, (_, seed) => {
    const { cases, wrong } = simulate(seed + 1, confused);
    const { doubted, noise } = rankDoubts(TASK, cases);
    const found = (count: number) => doubted.slice(0, count).filter(({ id }) => wrong.has(id)).length;
    return [
      found(10) / 10,
      found(wrong.size) / wrong.size,
      found(2 * wrong.size) / wrong.size,
      noise[0]?.noise ?? 0,
    ];
  });
  const mean = (at: number) => all.reduce((sum, each) => sum + (each[at] ?? 0), 0) / all.length;
  return { first10: mean(0), precision: mean(1), in2k: mean(2), noise: mean(3) };
}

describe('finding flipped labels in a simulation', () => {
  it('finds them by runs that err independently, and estimates how many there are', () => {
    const { first10, precision, in2k, noise } = figures(0);
    expect(first10).toBeGreaterThan(0.98);
    // Of as many cases as there are wrong labels: precision and recall are one.
    expect(precision).toBeGreaterThan(0.93);
    expect(in2k).toBeGreaterThan(0.98);
    expect(Math.abs(noise - FLIPPED)).toBeLessThan(0.01);
  });

  it('finds them beside a confusion that all runs share, which the estimate takes for noise', () => {
    const { first10, precision, in2k, noise } = figures(0.6);
    expect(first10).toBeGreaterThan(0.95);
    expect(precision).toBeGreaterThan(0.85);
    expect(in2k).toBeGreaterThan(0.9);
    // 5% flipped and 60% of a seventh confused.
    expect(noise).toBeGreaterThan(0.1);
    expect(noise).toBeLessThan(0.16);
  });
});
