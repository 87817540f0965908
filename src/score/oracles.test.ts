import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answer, madeRun } from '../../test/oracles/made-run.ts';
import type { Oracles } from '../../test/oracles/oracles.ts';
import type { Field } from '../schema/field.ts';
import type { Value } from '../schema/run-record.ts';
import { clopperPearsonInterval } from '../statistics/clopper-pearson.ts';
import { cohenKappa } from '../statistics/cohen-kappa.ts';
import { holm } from '../statistics/holm.ts';
import { krippendorffInterval, krippendorffNominal } from '../statistics/krippendorff.ts';
import { mcnemarCandidateWorse, mcnemarMidP, mcnemarTwoSided } from '../statistics/mcnemar.ts';
import { mcnemarPower } from '../statistics/mcnemar-power.ts';
import { predictionPowered, roganGladen } from '../statistics/prevalence.ts';
import { tabulate } from '../statistics/table.ts';
import { wilsonInterval } from '../statistics/wilson.ts';
import { scoreRun } from './score-run.ts';
import type { FieldScore } from './scores.ts';

/** Reference values of scikit-learn, scipy, statsmodels and nltk. Another file of that shape may be named. */
const path =
  process.env.TOUCHSTONE_ORACLES ?? join(import.meta.dirname, '../../test/data/oracles/metrics.json');
const oracles = JSON.parse(readFileSync(path, 'utf8')) as Oracles;

/** Undefined is null or NaN on either side, and never a number. */
function expectClose(ours: number | null | undefined, theirs: number | null | undefined, tolerance = 1e-9) {
  const [a, b] = [ours ?? Number.NaN, theirs ?? Number.NaN];
  if (Number.isNaN(a) || Number.isNaN(b)) expect(a).toBe(b);
  else expect(Math.abs(a - b), `${a} should be ${b}`).toBeLessThanOrEqual(tolerance);
}

function scoreField(field: Field, expected: readonly Value[], given: readonly Value[]): FieldScore {
  const cases = expected.map((value, i) => ({
    expected: { field: value },
    answers: [answer({ field: given[i] ?? null })],
  }));
  const score = scoreRun(madeRun({ field }, cases), { resamples: 0 }).fields.field;
  if (score === undefined) throw new Error('the field was not scored');
  return score;
}

function expectMetrics(score: FieldScore, theirs: Readonly<Record<string, number | null>>) {
  for (const [name, value] of Object.entries(theirs)) {
    expect(Object.keys(score.metrics)).toContain(name);
    expectClose(score.metrics[name]?.value, value);
  }
}

function expectClasses(
  score: FieldScore,
  theirs: Readonly<Record<'precision' | 'recall' | 'f1', readonly (number | null)[]>>,
) {
  for (const [i, { label, ...ours }] of score.classes.entries())
    for (const metric of ['precision', 'recall', 'f1'] as const) {
      expectClose(ours[metric], theirs[metric][i]);
      expectClose(score.metrics[`${metric}.${label}`]?.value, theirs[metric][i]);
    }
}

describe('the reference values', () => {
  it.each(oracles.nominal.map((o, i) => ({ i, o })))('hold for nominal labels ($i)', ({ o }) => {
    const score = scoreField({ kind: 'nominal', labels: o.labels }, o.expected, o.predicted);
    expect(score.matrix?.counts).toEqual(o.confusion_rows_expected.map((row) => [...row, 0]));
    expect(score.classes.map(({ support }) => support)).toEqual(o.support);
    expectClasses(score, o);
    expectMetrics(score, {
      accuracy: o.accuracy,
      macro_f1: o.macro_f1,
      weighted_f1: o.weighted_f1,
      balanced_accuracy: o.balanced_accuracy_over_present,
      kappa: o.cohen_kappa,
      mcc: o.mcc,
    });
  });

  it.each(oracles.ordinal.map((o, i) => ({ i, o })))('hold for ordered levels ($i)', ({ o }) => {
    const names = Array.from({ length: o.levels }, (_, level) => `l${level}`);
    const levels = Object.fromEntries(names.map((name, level) => [name, level]));
    const named = (values: readonly number[]) => values.map((level) => names[level] ?? '');
    const score = scoreField({ kind: 'ordinal', levels }, named(o.expected), named(o.predicted));
    expectMetrics(score, {
      accuracy: o.accuracy,
      within_one: o.within_one,
      mae: o.mae,
      qwk: o.quadratic_weighted_kappa,
      lwk: o.linear_weighted_kappa,
      kendall_tau_b: o.kendall_tau_b,
      spearman: o.spearman,
    });
  });

  it.each(oracles.sets.map((o, i) => ({ i, o })))('hold for sets of labels ($i)', ({ o }) => {
    const score = scoreField({ kind: 'set', labels: o.labels }, o.expected, o.predicted);
    expectClasses(score, o);
    expectMetrics(score, {
      accuracy: o.subset_accuracy,
      subset_accuracy: o.subset_accuracy,
      hamming_loss: o.hamming_loss,
      jaccard: o.mean_jaccard_empty_is_one,
      micro_f1: o.micro_f1,
      macro_f1: o.macro_f1,
    });
    for (const [i, label] of o.labels.entries()) {
      const [tn, fp, fn, tp] = o.per_label_2x2_tn_fp_fn_tp[i] ?? [];
      expect(score.perLabel?.[label]?.counts).toEqual([
        [tn, fp, 0],
        [fn, tp, 0],
      ]);
    }
  });

  it.each(oracles.proportions)('hold for $successes of $n at $confidence', (o) => {
    const wilson = wilsonInterval(o.successes, o.n, o.confidence);
    const exact = clopperPearsonInterval(o.successes, o.n, o.confidence);
    for (const [end, i] of [['low', 0] as const, ['high', 1] as const]) {
      expectClose(wilson?.[end], o.wilson?.[i], 1e-6);
      expectClose(exact?.[end], o.clopper_pearson?.[i], 1e-6);
    }
  });

  it.each(oracles.mcnemar)('hold for $baseline_only_correct against $candidate_only_correct', (o) => {
    const discordant = { baselineOnly: o.baseline_only_correct, candidateOnly: o.candidate_only_correct };
    expectClose(mcnemarTwoSided(discordant), o.exact_two_sided_p);
    expectClose(mcnemarCandidateWorse(discordant), o.exact_one_sided_p_candidate_worse);
    expectClose(mcnemarMidP(discordant), o.mid_p_two_sided);
  });

  it.each(oracles.holm)("hold for Holm's adjustment of $p", (o) => {
    const ours = holm(o.p);
    expect(ours).toHaveLength(o.adjusted.length);
    for (const [i, p] of ours.entries()) expectClose(p, o.adjusted[i]);
  });

  it.each(oracles.agreement.map((o, i) => ({ i, o })))('hold for agreement of annotators ($i)', ({ o }) => {
    const units = o.votes.map((votes) => o.annotators.flatMap((by) => votes[by] ?? []));
    expectClose(krippendorffNominal(units), o.krippendorff_alpha_nominal);
    expectClose(krippendorffInterval(units), o.krippendorff_alpha_interval);
    const [first = '', second = ''] = o.annotators;
    const pairs = o.votes.flatMap((votes): [number, number][] => {
      const [a, b] = [votes[first], votes[second]];
      return typeof a === 'number' && typeof b === 'number' ? [[a, b]] : [];
    });
    if (o.cohen_kappa !== undefined) expectClose(cohenKappa(tabulate(pairs, o.categories)), o.cohen_kappa);
  });

  it.each(oracles.prevalence)('hold for a prevalence of $unlabelled_positive in $unlabelled_n', (o) => {
    const unlabelled = { n: o.unlabelled_n, positive: o.unlabelled_positive };
    const { tp, fn, fp, tn } = o.labelled;
    const labelled = { truePositive: tp, falseNegative: fn, falsePositive: fp, trueNegative: tn };
    expectClose(roganGladen(unlabelled, labelled), o.rogan_gladen);
    const plain = predictionPowered(unlabelled, labelled);
    const tuned = predictionPowered(unlabelled, labelled, { lambda: 'tuned' });
    expectClose(tuned?.lambda, o.ppi_tuned?.lambda_);
    for (const [ours, theirs] of [[plain, o.ppi] as const, [tuned, o.ppi_tuned] as const]) {
      expectClose(ours?.estimate, theirs?.estimate);
      expectClose(ours?.interval.low, theirs?.ci95?.[0], 1e-6);
      expectClose(ours?.interval.high, theirs?.ci95?.[1], 1e-6);
    }
  });

  it.each(oracles.power)('hold for the power of $n cases to see a drop of $drop', (o) => {
    const plan = { n: o.n, discordant: o.discordant_rate, drop: o.drop, alpha: o.alpha_one_sided };
    expectClose(mcnemarPower(plan), o.power_exact_mcnemar);
  });
});
