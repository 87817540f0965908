import type { Comparison } from '../compare/compare.ts';
import { describeStop } from '../record/whole-run.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { measureOf, nameMetric, plural, showInterval, showMetric } from '../score/metric-text.ts';
import type { Scores } from '../score/scores.ts';
import { type RuleVerdict, ruleName, sliceName, type Verdict } from './verdict.ts';

/**
 * The verdict as a person would say it, on one line: `pushback: regressed, recall of pushback fell by 6.1
 * points (2.0 to 10.4); 14 conversations broke, 3 were fixed`.
 */
export function verdictSentence(
  verdict: Omit<Verdict, 'sentence'>,
  run: RunRecord,
  scores: Scores,
  comparison: Comparison | null,
): string {
  const decisive = verdict.rules.find(({ ruling }) => ruling === verdict.ruling && ruling !== 'held');
  const why =
    decisive === undefined ? headlineClause(run, scores) : `${subjectOf(decisive)}${decisive.because}`;
  const metric =
    decisive !== undefined && 'metric' in decisive.rule ? decisive.rule.metric : run.suite.headline;
  return `${verdict.suite}: ${verdict.ruling}, ${why}${flipClause(comparison, fieldOf(metric))}${stopClause(run)}`;
}

function stopClause(run: RunRecord): string {
  const stop = describeStop(run);
  return stop === null ? '' : `; ${stop}`;
}

/**
 * The ruling on a run that ended early, no further answer being able to change it.
 *
 * @param rules as they are if all the rest is right
 */
export function decidedSentence(
  { suite, ruling }: Pick<Verdict, 'suite' | 'ruling'>,
  rules: readonly RuleVerdict[],
): string {
  const decisive = rules.find((verdict) => verdict.ruling === 'regressed');
  if (ruling !== 'regressed' || decisive === undefined)
    return `${suite}: ${ruling}, whatever the rest brings`;
  return `${suite}: regressed, even if all the rest is right: ${subjectOf(decisive)}${decisive.because}`;
}

function subjectOf({ rule }: RuleVerdict): string {
  switch (rule.rule) {
    case 'no_worse_than_baseline':
      return `${nameMetric(rule.metric)}${rule.where === undefined ? '' : ` in ${sliceName(rule.where)}`} `;
    case 'floor':
      return `${nameMetric(rule.metric)}${rule.where === undefined ? '' : ` in ${sliceName(rule.where)}`} should be at least ${rule.min} and `;
    case 'must_pass':
    case 'budget':
      return `${ruleName(rule)}: `;
  }
}

function headlineClause(run: RunRecord, scores: Scores): string {
  const measure = measureOf(run.suite.headline);
  const metric = scores.fields[fieldOf(run.suite.headline)]?.metrics[measure];
  if (metric === undefined) return nameMetric(run.suite.headline);
  return `${nameMetric(run.suite.headline)} is ${showMetric(measure, metric.value)}${showInterval(measure, metric.interval)}`;
}

function flipClause(comparison: Comparison | null, field: string): string {
  if (comparison === null) return '';
  const flips = comparison.flips[field] ?? [];
  const broken = flips.filter(({ change }) => change === 'broken').length;
  const noun = comparison.suite.windows === null ? 'conversation' : 'window';
  const fixed = flips.length - broken;
  if (flips.length === 0) return `; no ${noun} changed sides`;
  return `; ${plural(broken, noun)} broke, ${fixed} ${fixed === 1 ? 'was' : 'were'} fixed`;
}

function fieldOf(metric: string): string {
  return metric.slice(0, metric.indexOf('.'));
}
