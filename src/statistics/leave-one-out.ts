import { type FamilyPopulation, totalCells } from './family-population.ts';
import { addTo } from './sparse-vector.ts';

/** Writes statistics of dense cells, by position; NaN where one is undefined. */
export type Measure = (cells: Float64Array, values: Float64Array) => void;

/** How a statistic depends on single families: moments of its leave-one-out values. */
export interface Influence {
  /** Jackknife standard error. */
  standardError: number;
  /**
   * Degrees of freedom of the estimated standard error. Families - 1 where all matter about
   * alike; fewer where a few carry most of the variance, at least 4.
   */
  df: number;
}

/**
 * Leaves out each family in turn (once per distinct vector) and sums up how each statistic moves.
 *
 * The degrees of freedom are Satterthwaite's: a variance estimated from F values of kurtosis k has
 * itself a relative variance of (k - 1) / F, as has a chi-square with 2 F / (k - 1) degrees.
 *
 * Source: Efron and Stein (1981), Ann. Stat. 9, 586-596; Satterthwaite (1946), Biometrics 2, 110-114.
 *
 * @returns one for each of `wanted`, the positions of the statistics asked for
 */
export function leaveOneOut(
  population: FamilyPopulation,
  measure: Measure,
  wanted: readonly number[],
): Influence[] {
  const cells = totalCells(population);
  const values = new Float64Array(Math.max(0, ...wanted) + 1);
  const without = population.vectors.map((vector) => {
    addTo(cells, vector, -1);
    measure(cells, values);
    addTo(cells, vector, 1);
    return wanted.map((index) => values[index] ?? Number.NaN);
  });
  return wanted.map((_, i) =>
    influenceOf(
      without.flatMap((row, v) => {
        const value = row[i] ?? Number.NaN;
        return Number.isNaN(value) ? [] : [{ value, families: population.multiplicity[v] ?? 0 }];
      }),
    ),
  );
}

function influenceOf(left: readonly { value: number; families: number }[]): Influence {
  let families = 0;
  let mean = 0;
  for (const one of left) {
    families += one.families;
    mean += one.families * one.value;
  }
  mean /= families;
  let squares = 0;
  let fourths = 0;
  for (const one of left) {
    const deviation = mean - one.value;
    squares += one.families * deviation ** 2;
    fourths += one.families * deviation ** 4;
  }
  if (!(squares > 0)) return { standardError: 0, df: Math.max(4, families - 1) };
  const kurtosis = (families * fourths) / squares ** 2;
  return {
    standardError: Math.sqrt((squares * (families - 1)) / families),
    df: Math.max(4, Math.min(families - 1, (2 * families) / Math.max(kurtosis - 1, 1e-9))),
  };
}
