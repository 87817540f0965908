import { findFlips } from '../compare/flips.ts';
import { matchesWhere } from '../judge/case-matches.ts';
import type { CaseRecord, RunRecord } from '../schema/run-record.ts';
import { compareMetric } from '../score/compare-metric.ts';
import { holm } from '../statistics/holm.ts';
import { usableLabel } from '../task/agree.ts';
import { type AblatedMetric, ablatedMetrics } from './ablated-metrics.ts';
import type { MetricEffect, PartEffect, PartRuling } from './ablation.ts';

type Suite = RunRecord['suite'];

/** Answers to a suite's cases without one part, in the order of the cases. */
export interface AblatedRun {
  part: PartEffect['part'];
  tokens: number;
  cases: CaseRecord[];
}

/** Flips of the sign-flip test and resamples of the bootstrap. */
const RESAMPLES = 2_000;
/** A p-value that so few of the flips make up is worked out again with more of them. */
const TOO_FEW = 4;

/**
 * Compares the prompt without each part with the whole prompt, on the same cases in the same order, and rules on each.
 *
 * `earns` and `harms` need a two-sided p-value at `alpha` after Holm's adjustment for every metric of every part, so
 * the chance of one false ruling among all is at most `alpha`. A metric whose cases were all answered alike is not
 * counted: its p-value is 1 whatever the answers to come, and such tests take nothing from the others (Tarone, 1990,
 * Biometrics 46, 515-522). `no effect shown` needs both one-sided tests against the margin at `alpha`, in every
 * metric (Schuirmann, 1987); these are not adjusted, each being about one part.
 *
 * @returns the effects, sorted by the change of the headline, the largest loss first, and the number of tests
 */
export function ruleParts(
  suite: Suite,
  whole: readonly CaseRecord[],
  ablated: readonly AblatedRun[],
  alpha: number,
): { parts: PartEffect[]; tests: number } {
  const metrics = ablatedMetrics(suite);
  const compared = ablated.map((run) => ({ run, changed: changedCases(whole, run.cases) }));
  const pairs = compared.flatMap(({ run, changed }) =>
    changed === 0 ? [] : metrics.map((metric) => ({ run, metric })),
  );
  const flips = Math.max(5 * RESAMPLES, Math.ceil((4 * pairs.length) / alpha));
  const found = pairs.flatMap(({ run, metric }) => {
    const comparison = compareBothWays(suite, whole, run.cases, metric, { alpha, flips });
    return comparison === null ? [] : [{ run, ...comparison }];
  });
  const tested = found.filter(({ isTestable }) => isTestable);
  const adjusted = holm(tested.map(({ p }) => p));
  const adjustedP = new Map(tested.map((each, index) => [each, adjusted[index] ?? 1]));
  const parts = compared.map(({ run, changed }): PartEffect => {
    const effects = found
      .filter((each) => each.run === run)
      .map((each) => toEffect(each, adjustedP.get(each) ?? 1, alpha));
    const { part, tokens } = run;
    const ruling = changed === 0 ? 'changes nothing' : rulingOf(effects);
    return { part, tokens, changed, flips: flipsOf(suite, whole, run.cases), metrics: effects, ruling };
  });
  return { parts: parts.toSorted((a, b) => headlineGain(a) - headlineGain(b)), tests: tested.length };
}

interface Compared {
  metric: AblatedMetric;
  comparison: Pick<MetricEffect, 'better' | 'n' | 'before' | 'without' | 'difference' | 'interval'>;
  /** Two-sided. */
  p: number;
  isWorse: boolean;
  /** One-sided p-values of a loss, and of a gain, of the margin or more. */
  beyondMargin: { loss: number; gain: number };
  isTestable: boolean;
}

/** Null where the metric is undefined in either run. */
function compareBothWays(
  suite: Suite,
  whole: readonly CaseRecord[],
  ablated: readonly CaseRecord[],
  metric: AblatedMetric,
  { alpha, flips }: { alpha: number; flips: number },
): Compared | null {
  const counts = whole.map((each) => matchesWhere(metric.where ?? undefined, each));
  const before = { suite, cases: whole.filter((_each, index) => counts[index]) };
  const now = { suite, cases: ablated.filter((_each, index) => counts[index]) };
  const { margin } = metric;
  const compare = (resamples: number) => {
    const options = { margin, alpha, resamples, planned: false };
    const loss = compareMetric(before, now, metric.metric, options);
    return { loss, gain: compareMetric(now, before, metric.metric, options) };
  };
  let { loss, gain } = compare(RESAMPLES);
  if (loss.difference === null) return null;
  const smallest = Math.min(loss.worse.p, gain.worse.p);
  if (loss.worse.method === 'sign-flip' && smallest <= TOO_FEW / RESAMPLES) ({ loss, gain } = compare(flips));
  return {
    metric,
    comparison: {
      ...{ better: loss.better, n: loss.n, before: loss.baseline, without: loss.candidate },
      ...{ difference: loss.difference, interval: loss.interval },
    },
    p: Math.min(1, 2 * Math.min(loss.worse.p, gain.worse.p)),
    isWorse: loss.worse.p < gain.worse.p,
    beyondMargin: { loss: loss.lossAtLeastMargin.p, gain: gain.lossAtLeastMargin.p },
    isTestable: Math.min(loss.worse.p, gain.worse.p) < 1,
  };
}

function toEffect(
  { metric, comparison, isWorse, beyondMargin }: Compared,
  adjustedP: number,
  alpha: number,
): MetricEffect {
  const isWithin = beyondMargin.loss <= alpha && beyondMargin.gain <= alpha;
  const shown = adjustedP <= alpha ? (isWorse ? 'worse' : 'better') : isWithin ? 'within the margin' : null;
  return { ...metric, ...comparison, adjustedP, shown };
}

function rulingOf(effects: readonly MetricEffect[]): PartRuling {
  const isShown = (what: MetricEffect['shown']) => effects.some(({ shown }) => shown === what);
  if (isShown('worse')) return isShown('better') ? 'mixed' : 'earns';
  if (isShown('better')) return 'harms';
  return effects.length > 0 && effects.every(({ shown }) => shown !== null) ? 'no effect shown' : 'unclear';
}

function changedCases(whole: readonly CaseRecord[], ablated: readonly CaseRecord[]): number {
  return whole.filter((each, index) => said(each) !== said(ablated[index])).length;
}

function said(record: CaseRecord | undefined): string {
  return JSON.stringify(record?.answers.map((answer) => usableLabel(answer) ?? answer.status));
}

function flipsOf(
  suite: Suite,
  whole: readonly CaseRecord[],
  ablated: readonly CaseRecord[],
): PartEffect['flips'] {
  const pairs = whole.flatMap((before, index) => {
    const now = ablated[index];
    return now === undefined ? [] : [{ before, now }];
  });
  return Object.fromEntries(
    Object.keys(suite.fields).map((field) => {
      const flips = findFlips(suite, field, pairs);
      const broken = flips.filter(({ change }) => change === 'broken').length;
      return [field, { broken, fixed: flips.length - broken }];
    }),
  );
}

/** Above 0 where the headline is better without the part. */
function headlineGain({ metrics: [headline] }: PartEffect): number {
  return (headline?.difference ?? 0) * (headline?.better === 'lower' ? -1 : 1);
}
