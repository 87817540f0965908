import { sampleBinomial } from './binomial-sample.ts';
import type { FamilyPopulation } from './family-population.ts';
import type { Random } from './random.ts';
import { addTo } from './sparse-vector.ts';

/** Above this many families per distinct vector, drawing counts is faster than drawing families. */
const COUNTS_FROM = 16;

/**
 * Draws as many families as there are, with replacement, and hands over the sum of their cells;
 * does so `resamples` times. Only whole families are drawn, so cases that share a scenario stay
 * together (the cluster bootstrap).
 *
 * Where few vectors stand for many families, how often each is drawn comes from the multinomial
 * distribution (one conditional binomial a vector): the same distribution, in time that does not
 * grow with the number of cases.
 *
 * Source: Field and Welsh (2007), J. R. Stat. Soc. B 69, 369-390 (cluster bootstrap).
 *
 * @param visit reads the cells before it returns; the array is used again
 */
export function resample(
  population: FamilyPopulation,
  resamples: number,
  random: Random,
  visit: (cells: Float64Array, index: number) => void,
): void {
  const { vectors, multiplicity, families } = population;
  const draw =
    families > COUNTS_FROM * vectors.length
      ? drawCounts(population, random)
      : drawFamilies(population, random);
  const cells = new Float64Array(population.size);
  const counts = new Int32Array(multiplicity.length);
  for (let index = 0; index < resamples; index++) {
    counts.fill(0);
    draw(counts);
    cells.fill(0);
    for (let i = 0; i < vectors.length; i++) {
      const vector = vectors[i];
      const times = counts[i] ?? 0;
      if (vector !== undefined && times > 0) addTo(cells, vector, times);
    }
    visit(cells, index);
  }
}

function drawCounts({ multiplicity, families }: FamilyPopulation, random: Random) {
  return (counts: Int32Array): void => {
    let left = families;
    let mass = families;
    for (let i = 0; i < multiplicity.length && left > 0; i++) {
      const share = multiplicity[i] ?? 0;
      const drawn = sampleBinomial(random, left, share / mass);
      counts[i] = drawn;
      left -= drawn;
      mass -= share;
    }
  };
}

function drawFamilies({ multiplicity, families }: FamilyPopulation, random: Random) {
  const vectorOf = new Int32Array(families);
  let next = 0;
  for (const [i, count] of multiplicity.entries()) {
    vectorOf.fill(i, next, next + count);
    next += count;
  }
  return (counts: Int32Array): void => {
    for (let i = 0; i < families; i++) {
      const vector = vectorOf[Math.floor(random() * families)] ?? 0;
      counts[vector] = (counts[vector] ?? 0) + 1;
    }
  };
}
