import { describe, expect, it } from 'vitest';
import { familyPopulation, totalCells } from './family-population.ts';
import { seededRandom } from './random.ts';
import { resample } from './resample.ts';
import { sparseVector } from './sparse-vector.ts';

const right = sparseVector([[0, 1]]);
const wrong = sparseVector([[1, 1]]);
const cases = (n: number, perFamily = 1) =>
  Array.from({ length: n }, (_, i) => ({
    family: `f${Math.floor(i / perFamily)}`,
    vector: Math.floor(i / perFamily) % 5 === 0 ? wrong : right,
  }));

function moments(n: number, perFamily = 1) {
  const population = familyPopulation(2, cases(n, perFamily));
  const wrongs: number[] = [];
  resample(population, 4_000, seededRandom(5), (cells) => {
    expect((cells[0] ?? 0) + (cells[1] ?? 0)).toBe(n);
    wrongs.push(cells[1] ?? 0);
  });
  const mean = wrongs.reduce((sum, x) => sum + x, 0) / wrongs.length;
  return { mean, variance: wrongs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / wrongs.length };
}

describe('a population of families', () => {
  it('keeps how many families add the same, whatever the order of cases', () => {
    const population = familyPopulation(2, cases(100));
    expect(population.families).toBe(100);
    expect(population.multiplicity).toEqual([80, 20]);
    expect(familyPopulation(2, cases(100).reverse())).toEqual(population);
  });

  it('adds up to its cases', () => {
    expect([...totalCells(familyPopulation(2, cases(100, 2)))]).toEqual([80, 20]);
  });

  it('sums the cases of a family', () => {
    const population = familyPopulation(2, [
      { family: 'a', vector: right },
      { family: 'a', vector: wrong },
      { family: 'a', vector: right },
    ]);
    expect(population.vectors.map(({ key }) => key)).toEqual(['0:2 1:1']);
  });
});

describe('resampling', () => {
  it.each([
    ['families one by one', 20],
    ['counts of many families', 2_000],
  ])('draws %s with the mean and variance of independent draws', (_how, n) => {
    const { mean, variance } = moments(n);
    expect(mean / n).toBeCloseTo(0.2, 2);
    expect(variance / (n * 0.16)).toBeGreaterThan(0.9);
    expect(variance / (n * 0.16)).toBeLessThan(1.1);
  });

  it('has twice the variance where cases come in pairs that share their fate', () => {
    const { variance } = moments(2_000, 2);
    expect(variance / (2_000 * 0.16)).toBeGreaterThan(1.8);
    expect(variance / (2_000 * 0.16)).toBeLessThan(2.2);
  });
});
