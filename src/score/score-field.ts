import { bootstrapIntervals } from '../statistics/bootstrap-interval.ts';
import { designEffect } from '../statistics/design-effect.ts';
import { type FamilyPopulation, familyPopulation, totalCells } from '../statistics/family-population.ts';
import { addTo } from '../statistics/sparse-vector.ts';
import { wilsonInterval } from '../statistics/wilson.ts';
import type { CaseVector, FieldVectors } from './field-vectors.ts';
import type { Proportion } from './scorer.ts';
import type { FieldScore, Interval, MetricScore } from './scores.ts';

export interface ScoreFieldOptions {
  resamples: number;
  seed: number;
  /** Metrics that are no proportions and get an interval all the same. */
  bootstrapped(metric: string): boolean;
}

/**
 * Scores one field over the cases chosen. A proportion has Wilson's interval, over the effective
 * number of cases where families are larger than one; every other metric a bootstrap interval, all
 * from one resampling of families.
 */
export function scoreField(
  { field, scorer, cases: all }: FieldVectors,
  chosen: readonly number[],
  { resamples, seed, bootstrapped }: ScoreFieldOptions,
): FieldScore {
  const cases = chosen.flatMap((index) => all[index] ?? []);
  const population = familyPopulation(scorer.size, cases);
  const cells = totalCells(population);
  const values = new Float64Array(scorer.metrics.length);
  scorer.measure(cells, values);

  const wanted = scorer.metrics.flatMap(({ name, proportion, correlation }, index) =>
    proportion === null && bootstrapped(name) && !Number.isNaN(values[index]) ? [{ index, correlation }] : [],
  );
  const intervals = bootstrapIntervals(population, scorer.measure, wanted, {
    resamples,
    seed,
    worst: unusableCells(scorer.size, cases),
  });
  const metrics: Record<string, MetricScore> = {};
  for (const [index, { name, better, proportion }] of scorer.metrics.entries()) {
    const value = orNull(values[index]);
    const interval =
      proportion === null
        ? withMethod(intervals.get(index) ?? null, 'bootstrap')
        : withMethod(proportionInterval(population, cells, proportion), 'wilson');
    metrics[name] = { value, interval: value === null ? null : interval, better };
  }
  return {
    field,
    kind: scorer.kind,
    n: scorer.count(cells),
    metrics,
    classes: scorer.classes(cells),
    matrix: scorer.matrix(cells),
    perLabel: scorer.perLabel(cells),
    majority: majorityOf(cases),
  };
}

function proportionInterval(population: FamilyPopulation, cells: Float64Array, proportion: Proportion) {
  const isSuccess = new Set(proportion.successes);
  const isTrial = new Set(proportion.trials);
  const tallies = population.vectors.map((vector, i) => {
    let successes = 0;
    let trials = 0;
    for (const [at, cell] of vector.cells.entries()) {
      if (isSuccess.has(cell)) successes += vector.values[at] ?? 0;
      if (isTrial.has(cell)) trials += vector.values[at] ?? 0;
    }
    return { successes, trials, families: population.multiplicity[i] ?? 0 };
  });
  const effect = designEffect(tallies);
  const successes = sumOf(cells, proportion.successes);
  const trials = sumOf(cells, proportion.trials);
  return wilsonInterval(Math.min(successes, trials) / effect, trials / effect);
}

/** The cells if no case had a usable answer: the worst that could be. */
function unusableCells(size: number, cases: readonly CaseVector[]): Float64Array {
  const cells = new Float64Array(size);
  for (const { unusable } of cases) addTo(cells, unusable, 1);
  return cells;
}

function majorityOf(cases: readonly CaseVector[]): FieldScore['majority'] {
  const counts = new Map<string, number>();
  let n = 0;
  for (const { expectedClass } of cases) {
    if (expectedClass === null) continue;
    n++;
    counts.set(expectedClass, (counts.get(expectedClass) ?? 0) + 1);
  }
  const [top] = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return top === undefined ? { label: 'none', share: 0 } : { label: top[0], share: top[1] / n };
}

function sumOf(cells: Float64Array, of: readonly number[]): number {
  let total = 0;
  for (const cell of of) total += cells[cell] ?? 0;
  return total;
}

function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

function withMethod(
  range: { low: number; high: number } | null,
  method: Interval['method'],
): Interval | null {
  return range === null ? null : { ...range, method };
}
