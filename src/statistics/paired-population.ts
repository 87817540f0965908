import { type FamilyPopulation, familyPopulation } from './family-population.ts';
import type { Measure } from './leave-one-out.ts';
import { type SparseVector, sparseVector } from './sparse-vector.ts';

/** What one case adds in either of two runs; null where it does not count there. */
export interface PairedCase {
  readonly family: string;
  readonly baseline: SparseVector | null;
  readonly candidate: SparseVector | null;
}

/**
 * Families of paired cases: cells of the baseline, then those of the candidate, in one vector, so
 * that resampling keeps the two answers to a question together.
 *
 * @param size length of the cells of one run
 */
export function pairedPopulation(size: number, cases: readonly PairedCase[]): FamilyPopulation {
  // Many cases share few outcomes.
  const known = new Map<string, SparseVector>();
  const paired = (baseline: SparseVector | null, candidate: SparseVector | null) => {
    const key = `${baseline?.key ?? ''}|${candidate?.key ?? ''}`;
    const vector = known.get(key) ?? sparseVector([...entries(baseline, 0), ...entries(candidate, size)]);
    known.set(key, vector);
    return vector;
  };
  return familyPopulation(
    2 * size,
    cases.flatMap(({ family, baseline, candidate }) =>
      baseline === null && candidate === null ? [] : [{ family, vector: paired(baseline, candidate) }],
    ),
  );
}

/** The candidate's value minus the baseline's; NaN where either is undefined. */
export function differenceMeasure(size: number, measure: Measure, metrics: number, index: number): Measure {
  const before = new Float64Array(metrics);
  const now = new Float64Array(metrics);
  return (cells, values) => {
    measure(cells.subarray(0, size), before);
    measure(cells.subarray(size), now);
    values[0] = (now[index] ?? Number.NaN) - (before[index] ?? Number.NaN);
  };
}

function entries(vector: SparseVector | null, offset: number): [number, number][] {
  return vector === null
    ? []
    : vector.cells.map((cell, i): [number, number] => [cell + offset, vector.values[i] ?? 0]);
}
