import type { Baseline } from '../baseline/baseline.ts';
import { compareWithBaseline, pairedRuns } from '../compare/compare.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { fieldVectors } from '../score/field-vectors.ts';
import { measureOf } from '../score/metric-text.ts';
import { scoreField } from '../score/score-field.ts';
import type { MetricScore } from '../score/scores.ts';
import { seedFor } from '../statistics/random.ts';
import {
  acceptedAnswer,
  completeRun,
  nothingElse,
  type RunSoFar,
  rightAnswer,
  unusableAnswer,
} from './complete-run.ts';
import { isLinear } from './linear-metric.ts';

/** One metric of a run that may still be under way. */
export interface MetricRow {
  /** `<field>.<metric>`. */
  metric: string;
  /** Of the accepted answers; null without a baseline. */
  before: number | null;
  /**
   * Over the answers so far and, where there are none yet, those that were accepted. Null without a baseline until
   * all is answered.
   */
  now: number | null;
  /** Null where nothing can be said yet. */
  interval: { low: number; high: number } | null;
}

/**
 * The headline and the metrics that rules are about. The cases that come first are no random sample, so an interval
 * over them alone would mislead. The one given reaches from the lower end of the 95% interval, if every case that is
 * not answered yet were wrong, to the upper end, if every such case were right. Whatever the rest brings, the metric
 * will lie within it, and so will the interval of a share of independent cases; with the last answer it is the run's
 * own interval.
 *
 * A metric that is not at its best and worst there (F1, kappa) has no interval until all is answered.
 *
 * @param resamples of the bootstrap; with 0 only proportions have intervals
 */
export function metricRows(soFar: RunSoFar, baseline: Baseline | null, resamples: number): MetricRow[] {
  const isWhole = soFar.cases.every(({ id }) => soFar.answers.has(id));
  const known = completeRun(soFar, isWhole ? nothingElse : acceptedAnswer(baseline));
  const worst = isWhole ? known : completeRun(soFar, unusableAnswer);
  const best = isWhole ? known : completeRun(soFar, rightAnswer);
  const before = baseline === null ? null : pairedRuns(compareWithBaseline(best, baseline)).before;
  return metricsOf(best).map((metric) => {
    const measure = (run: Pick<RunRecord, 'suite' | 'cases'> | null, samples: number) =>
      run === null ? null : measureMetric(run, metric, samples);
    const ends = isWhole || isLinear(best.suite, metric) ? [worst, best] : [];
    const found = (isWhole ? ends.slice(0, 1) : ends).map((run) => measure(run, resamples));
    return {
      metric,
      before: measure(before, 0)?.value ?? null,
      now: isWhole || baseline !== null ? (measure(known, 0)?.value ?? null) : null,
      interval: hull(found),
    };
  });
}

function hull(scores: readonly (MetricScore | null)[]): MetricRow['interval'] {
  const intervals = scores.flatMap((score) => score?.interval ?? []);
  if (intervals.length === 0 || intervals.length < scores.length) return null;
  return {
    low: Math.min(...intervals.map(({ low }) => low)),
    high: Math.max(...intervals.map(({ high }) => high)),
  };
}

/** As `scoreRun` would, seed included, and without what nobody asked for. */
function measureMetric(
  { suite, cases }: Pick<RunRecord, 'suite' | 'cases'>,
  metric: string,
  resamples: number,
): MetricScore | null {
  const field = metric.slice(0, metric.indexOf('.'));
  const measure = measureOf(metric);
  const vectors = fieldVectors(suite, field, cases);
  const score = scoreField(vectors, [...cases.keys()], {
    resamples,
    seed: seedFor(1, `all/${field}`),
    bootstrapped: (name) => resamples > 0 && name === measure,
  });
  return score.metrics[measure] ?? null;
}

function metricsOf({ suite }: RunRecord): string[] {
  const ofRules = suite.rules.flatMap((rule) =>
    'metric' in rule && rule.where === undefined ? [rule.metric] : [],
  );
  return [...new Set([suite.headline, ...ofRules])];
}
