import { sampleBinomial } from './binomial-sample.ts';
import { type FamilyPopulation, totalCells } from './family-population.ts';
import type { Measure } from './leave-one-out.ts';
import type { Random } from './random.ts';

/**
 * The sign-flip (paired permutation) test: were both runs equally good, the two sets of answers to
 * a family of questions could be swapped without harm. Swaps each family's or not, at random, and
 * counts how often the difference comes out as low as it did.
 *
 * Its level holds for every metric, however few cases are discordant, since it needs no standard
 * error: a bootstrap would have to be re-centred, and then still takes the spread of the difference
 * for the one that no difference would have.
 *
 * Source: Fisher (1935), "The Design of Experiments", ch. 3; Yeh (2000), COLING, for F-scores.
 *
 * @param population of paired cases, see `pairedPopulation`
 * @param difference writes the candidate's gain at position 0; the lower, the worse
 * @returns one-sided p-value of "the candidate is worse", at least 1 / (flips + 1); 1 where no
 *   answer changed or the difference is undefined
 */
export function signFlipWorse(
  population: FamilyPopulation,
  difference: Measure,
  flips: number,
  random: Random,
): number {
  const size = population.size / 2;
  const observed = totalCells(population);
  const value = new Float64Array(1);
  const gainOf = (cells: Float64Array) => {
    difference(cells, value);
    return value[0] ?? Number.NaN;
  };
  const gain = gainOf(observed);
  const changed = population.vectors.flatMap((vector, i) => {
    const change = new Float64Array(size);
    for (const [at, cell] of vector.cells.entries()) {
      const sign = cell < size ? -1 : 1;
      change[cell % size] = (change[cell % size] ?? 0) + sign * (vector.values[at] ?? 0);
    }
    const cells = [...change.keys()].filter((cell) => change[cell] !== 0);
    return cells.length === 0 ? [] : [{ cells, change, families: population.multiplicity[i] ?? 0 }];
  });
  if (Number.isNaN(gain) || changed.length === 0) return 1;
  const cells = new Float64Array(population.size);
  let asLow = 1;
  for (let flip = 0; flip < flips; flip++) {
    cells.set(observed);
    for (const { cells: moved, change, families } of changed) {
      const swapped = sampleBinomial(random, families, 0.5);
      for (const cell of moved) {
        const moving = swapped * (change[cell] ?? 0);
        cells[cell] = (cells[cell] ?? 0) + moving;
        cells[cell + size] = (cells[cell + size] ?? 0) - moving;
      }
    }
    // An undefined difference is no evidence against the candidate.
    if (!(gainOf(cells) > gain + 1e-12)) asLow++;
  }
  return asLow / (flips + 1);
}
