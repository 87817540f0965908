import type { FamilyTally } from '../statistics/design-effect.ts';
import type { Discordant } from '../statistics/mcnemar.ts';
import type { PairedCase } from '../statistics/paired-population.ts';
import type { SparseVector } from '../statistics/sparse-vector.ts';
import type { Proportion } from './scorer.ts';

/** A proportion on the same cases in two runs. */
export interface PairedTally {
  /** Cases that are trials, in either run. */
  n: number;
  /** Families that have a trial. */
  families: number;
  /** Share of trials on which the runs differ; fractional answers count by how much. */
  discordant: number;
  /**
   * How many cases exactly one run got right, where exact tests hold: every case is a whole trial
   * in both runs, wholly right or wrong, and no two share a family. Null otherwise.
   */
  exact: Discordant | null;
  /** How many times the variance of the difference is that of independent cases; at least 1. */
  designEffect: number;
}

/** Null where the runs do not have the same trials, as for precision. */
export function pairedTally(cases: readonly PairedCase[], proportion: Proportion): PairedTally | null {
  const successes = new Set(proportion.successes);
  const trials = new Set(proportion.trials);
  const families = new Map<string, FamilyTally>();
  const discordant: Discordant = { baselineOnly: 0, candidateOnly: 0 };
  let n = 0;
  let apart = 0;
  let squares = 0;
  let sum = 0;
  let whole = true;
  for (const { family, baseline, candidate } of cases) {
    const trial = totalOf(baseline, trials);
    if (Math.abs(trial - totalOf(candidate, trials)) > 1e-9) return null;
    if (trial === 0) continue;
    const [before, now] = [totalOf(baseline, successes), totalOf(candidate, successes)];
    whole &&= [trial, before, now].every((value) => value === 0 || value === 1);
    n += trial;
    apart += Math.abs(now - before);
    squares += (now - before) ** 2;
    sum += now - before;
    if (now > before) discordant.candidateOnly++;
    if (now < before) discordant.baselineOnly++;
    const tally = families.get(family) ?? { successes: 0, trials: 0, families: 1 };
    tally.successes += now - before;
    tally.trials += trial;
    families.set(family, tally);
  }
  const tallies = [...families.values()];
  const single = tallies.every((tally) => tally.trials <= 1 + 1e-9);
  return {
    n,
    families: tallies.length,
    discordant: n > 0 ? apart / n : 0,
    exact: whole && single ? discordant : null,
    designEffect: single ? 1 : effectOf(tallies, n, sum, squares),
  };
}

function effectOf(tallies: readonly FamilyTally[], n: number, sum: number, squares: number): number {
  const mean = sum / n;
  const independent = squares - n * mean * mean;
  let clustered = 0;
  for (const { successes, trials } of tallies) clustered += (successes - mean * trials) ** 2;
  const families = tallies.length;
  if (families < 2 || independent < 1e-9) return 1;
  return Math.max(1, ((families / (families - 1)) * clustered) / independent);
}

function totalOf(vector: SparseVector | null, cells: ReadonlySet<number>): number {
  let total = 0;
  for (const [at, cell] of vector?.cells.entries() ?? [])
    if (cells.has(cell)) total += vector?.values[at] ?? 0;
  return total;
}
