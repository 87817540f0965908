import type { RunRecord } from '../schema/run-record.ts';
import { moreCasesToDecide } from '../statistics/cases-to-decide.ts';
import { type FamilyPopulation, totalCells } from '../statistics/family-population.ts';
import type { Measure } from '../statistics/leave-one-out.ts';
import { mcnemarCandidateWorse } from '../statistics/mcnemar.ts';
import { smallestVisibleDrop } from '../statistics/mcnemar-plan.ts';
import { normalVisibleLoss, pairedBootstrap } from '../statistics/paired-bootstrap.ts';
import { differenceMeasure, type PairedCase, pairedPopulation } from '../statistics/paired-population.ts';
import { seededRandom, seedFor } from '../statistics/random.ts';
import { signFlipWorse } from '../statistics/sign-flip.ts';
import { addTo } from '../statistics/sparse-vector.ts';
import { tangoInterval, tangoLossAtLeast } from '../statistics/tango.ts';
import { unchangedBootstrap } from '../statistics/unchanged.ts';
import { fieldVectors, type Repeats } from './field-vectors.ts';
import { type MetricCells, metricCells } from './metric-cells.ts';
import type { MetricComparison } from './metric-comparison.ts';
import { type PairedTally, pairedTally } from './paired-tally.ts';

type ScorableRun = Pick<RunRecord, 'suite' | 'cases'>;

export interface CompareOptions {
  /** The loss that must not be, above 0, in the metric's unit. */
  margin: number;
  /** One-sided level of the tests. */
  alpha: number;
  /** Of the interval; 0.95 where absent. */
  confidence?: number;
  /** Of the bootstrap, and flips of the sign-flip test; 2,000 where absent. */
  resamples?: number;
  seed?: number;
  repeats?: Repeats;
  /** Whether to work out the smallest visible loss, which takes longer than the tests; true where absent. */
  planned?: boolean;
}

/**
 * Compares one metric of two runs of the same cases in the same order: difference with interval,
 * p-values of a loss and of a loss of the margin or more, and what it would take to tell.
 *
 * A share of independent cases (accuracy, recall) is tested exactly: McNemar for a loss, Tango's
 * score for the margin. Cases that share a family, repeats, and metrics that are no such share are
 * tested by family: sign flips for a loss, bootstrap for the margin.
 *
 * @param metric `<field>.<metric>` or `<field>.<metric>.<label>`
 * @throws Error where the runs' cases differ or the metric does not exist; callers check both
 */
export function compareMetric(
  before: ScorableRun,
  now: ScorableRun,
  metric: string,
  options: CompareOptions,
): MetricComparison {
  const {
    margin,
    alpha,
    confidence = 0.95,
    resamples = 2_000,
    seed = 1,
    repeats = 'mean',
    planned = true,
  } = options;
  const [field = '', ...rest] = metric.split('.');
  const candidate = fieldVectors(now.suite, field, now.cases, repeats);
  const baseline = fieldVectors(now.suite, field, before.cases, repeats);
  const { scorer } = candidate;
  const index = scorer.metrics.findIndex(({ name }) => name === rest.join('.'));
  const definition = scorer.metrics[index];
  if (definition === undefined) throw new Error(`no metric ${metric}`);
  const cases = now.cases.map(({ id, family }, i): PairedCase => {
    if (before.cases[i]?.id !== id) throw new Error(`case ${id} is not in both runs`);
    return {
      family,
      baseline: baseline.cases[i]?.vector ?? null,
      candidate: candidate.cases[i]?.vector ?? null,
    };
  });
  const read = metricCells(scorer, index);
  const population = pairedPopulation(
    read.size,
    cases.map(({ family, baseline: was, candidate: is }) => ({
      family,
      baseline: was && read.project(was),
      candidate: is && read.project(is),
    })),
  );
  const values = valuesOf(read, population);
  const sign = definition.better === 'higher' ? 1 : -1;
  const gain = signed(differenceMeasure(read.size, read.measure, read.values, read.index), sign);

  const tally = definition.proportion === null ? null : pairedTally(cases, definition.proportion);
  const counted = cases.filter((each) => each.baseline !== null || each.candidate !== null).length;
  const common = {
    metric,
    better: definition.better,
    n: tally?.n ?? counted,
    families: population.families,
    ...values,
    difference:
      values.candidate === null || values.baseline === null ? null : values.candidate - values.baseline,
    designEffect: tally?.designEffect ?? 1,
    discordantShare: tally?.discordant ?? null,
  };
  if (tally !== null && tally.exact !== null && tally.n > 0)
    return { ...common, ...exactComparison(tally, tally.exact, { margin, alpha, confidence, planned }) };
  // Families without a change are as many independent cases without one.
  if (tally !== null && tally.discordant === 0 && tally.families > 0) {
    const unchanged = { ...tally, n: tally.families };
    const tests = exactComparison(
      unchanged,
      { baselineOnly: 0, candidateOnly: 0 },
      { margin, alpha, confidence, planned },
    );
    return { ...common, ...tests, discordant: null };
  }

  const worst = new Float64Array(population.size);
  for (const each of candidate.cases) {
    if (each === null) continue;
    const unusable = read.project(each.unusable);
    addTo(worst.subarray(0, read.size), unusable, 1);
    addTo(worst.subarray(read.size), unusable, 1);
  }
  const bootstrap =
    pairedBootstrap(population, gain, margin, { resamples, seed: seedFor(seed, metric), confidence }) ??
    unchangedBootstrap(population, gain, worst, margin, confidence);
  const p = signFlipWorse(population, gain, resamples, seededRandom(seedFor(seed, `flip/${metric}`)));
  const loss = bootstrap === null ? null : -bootstrap.gain;
  const range = bootstrap?.interval ?? null;
  return {
    ...common,
    interval: range && { ...inUnit(range, sign), method: 'bootstrap' },
    worse: { p, method: 'sign-flip' },
    lossAtLeastMargin: { p: bootstrap?.lossAtLeastMargin ?? 1, method: 'bootstrap' },
    discordant: null,
    smallestVisibleLoss: !planned
      ? null
      : tally === null
        ? normalVisibleLoss(bootstrap?.standardError ?? 0, alpha)
        : smallestVisibleDrop(tally.n, { ...tally, alpha }),
    moreCases:
      loss === null
        ? null
        : moreCasesToDecide({ ...common, loss, standardError: bootstrap?.standardError ?? 0, margin, alpha }),
  };
}

type Tests = Pick<CompareOptions, 'margin' | 'alpha'> & { confidence: number; planned: boolean };

function exactComparison(
  { n, discordant }: PairedTally,
  exact: NonNullable<PairedTally['exact']>,
  { margin, alpha, confidence, planned }: Tests,
) {
  const loss = (exact.baselineOnly - exact.candidateOnly) / n;
  // One more discordant case than seen: without any, no number of cases would seem to be needed.
  const standardError = Math.sqrt(discordant + 1 / n - loss * loss) / Math.sqrt(n);
  const range = tangoInterval(exact, n, confidence);
  return {
    interval: range && { ...range, method: 'tango' as const },
    worse: { p: mcnemarCandidateWorse(exact), method: 'mcnemar' as const },
    lossAtLeastMargin: { p: tangoLossAtLeast(exact, n, margin), method: 'tango' as const },
    discordant: exact,
    smallestVisibleLoss: planned ? smallestVisibleDrop(n, { discordant, alpha }) : null,
    moreCases: moreCasesToDecide({ n, loss, standardError, margin, alpha }),
  };
}

function valuesOf({ size, values: count, index, measure }: MetricCells, population: FamilyPopulation) {
  const cells = totalCells(population);
  const values = new Float64Array(count);
  const at = (from: number) => {
    if (population.families === 0) return null;
    measure(cells.subarray(from, from + size), values);
    const value = values[index] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  };
  return { baseline: at(0), candidate: at(size) };
}

function signed(difference: Measure, sign: number): Measure {
  return (cells, values) => {
    difference(cells, values);
    values[0] = sign * (values[0] ?? Number.NaN);
  };
}

function inUnit({ low, high }: { low: number; high: number }, sign: number) {
  return sign > 0 ? { low, high } : { low: -high, high: -low };
}
