import type { Baseline } from '../baseline/baseline.ts';
import { compareWithBaseline } from '../compare/compare.ts';
import { matchesWhere } from '../judge/case-matches.ts';
import { judge } from '../judge/judge.ts';
import { judgeFloor } from '../judge/judge-floor.ts';
import type { RuleVerdict, Ruling } from '../judge/verdict.ts';
import type { RunRecord } from '../schema/run-record.ts';
import type { FloorRule, Rule } from '../schema/suite.ts';
import { measureOf } from '../score/metric-text.ts';
import { scoreRun } from '../score/score-run.ts';
import { scorerOf } from '../score/scorer-of.ts';
import type { Scores } from '../score/scores.ts';
import { acceptedAnswer, completeRun, type RunSoFar, rightAnswer, unusableAnswer } from './complete-run.ts';
import { isLinear } from './linear-metric.ts';

/** A ruling that no further answer can change. */
export interface DecidedRuling {
  ruling: Ruling;
  /** As `Verdict.blocks`. */
  blocks: boolean;
  /** Rules that settle it, with what each would say at best: all of them unless the suite regressed. */
  rules: RuleVerdict[];
}

/** Of the bootstrap and the sign-flip test. */
const RESAMPLES = 2_000;
/** Standard errors by which a simulated p-value has to be clear of alpha. */
const CLEAR_BY = 4;

/**
 * The suite's ruling where it is the same whatever the remaining answers are; null while it is open. Each rule is
 * judged with every remaining case right and with every one unusable, between which all else lies. So the suite has
 * regressed where a rule has at best; and holds or stays undecided where every rule is settled.
 *
 * A rule that has no such ends is open until all is answered: a metric that is not linear, cost, time, a floor where
 * cases share families. A simulated p-value has to be clear of alpha by four standard errors of the simulation.
 * Holm's adjustment lies between none and Bonferroni's, so a p-value counts as small where it is so after
 * Bonferroni's, and as large where it is so without any.
 */
export function decidedRuling(soFar: RunSoFar, baseline: Baseline | null): DecidedRuling | null {
  const { rules } = soFar.source.suite.suite;
  const compared = rules.filter(({ rule }) => rule === 'no_worse_than_baseline').length;
  const settledOf = (verdicts: readonly RuleVerdict[]) =>
    verdicts.filter((verdict) => hasEnds(verdict.rule, soFar) && isClear(verdict, compared));
  const best = judgeEnd(completeRun(soFar, rightAnswer), baseline);
  const settled = settledOf(best);
  const regressed = settled.filter(({ ruling }) => ruling === 'regressed');
  if (regressed.length > 0) return { ruling: 'regressed', blocks: true, rules: regressed };
  if (settled.length < rules.length) return null;
  const worst = judgeEnd(completeRun(soFar, unusableAnswer), baseline);
  if (settledOf(worst).length < rules.length) return null;
  // A run that repeats the accepted one to the letter holds without a test.
  const accepted = acceptedAnswer(baseline);
  const same = judgeEnd(
    completeRun(soFar, (each) => accepted(each) ?? rightAnswer(each)),
    baseline,
  );
  const isOpen = best.some(({ ruling }, i) => ruling !== worst[i]?.ruling || ruling !== same[i]?.ruling);
  if (isOpen) return null;
  const ruling = best.some((each) => each.ruling === 'undecided') ? 'undecided' : 'held';
  const blocks = ruling === 'undecided' && soFar.source.suite.onUndecided === 'block';
  return { ruling, blocks, rules: best };
}

function judgeEnd(run: RunRecord, baseline: Baseline | null): RuleVerdict[] {
  const { suite } = run;
  const comparison = baseline === null ? null : compareWithBaseline(run, baseline);
  const others = suite.rules.filter((rule) => rule.rule !== 'floor');
  const judged = judge({ ...run, suite: { ...suite, rules: others } }, NO_SCORES, comparison, {
    resamples: RESAMPLES,
    planned: false,
  });
  const verdicts = new Map(judged.rules.map((verdict) => [verdict.rule, verdict]));
  return suite.rules.flatMap((rule) =>
    rule.rule === 'floor' ? judgeFloorAtEnd(rule, run) : (verdicts.get(rule) ?? []),
  );
}

/** Rules that are not floors need no scores. */
const NO_SCORES: Scores = { n: 0, unusable: { invalid: 0, refused: 0, failed: 0 }, fields: {}, slices: [] };

/** By Wilson's interval, which only proportions have without a bootstrap. */
function judgeFloorAtEnd(rule: FloorRule, run: RunRecord): RuleVerdict {
  const cases = run.cases.filter((each) => matchesWhere(rule.where, each));
  const scores = scoreRun({ ...run, cases }, { resamples: 0 });
  const { where: _where, ...everywhere } = rule;
  return { rule, ...judgeFloor(everywhere, { ...run, cases }, scores) };
}

function hasEnds(rule: Rule, { cases, source }: RunSoFar): boolean {
  const { suite } = source.suite;
  switch (rule.rule) {
    case 'must_pass':
      return true;
    case 'budget':
      return rule.max_usd === undefined && rule.max_seconds === undefined;
    case 'no_worse_than_baseline':
      return isLinear(suite, rule.metric);
    case 'floor': {
      const measure = measureOf(rule.metric);
      const field = suite.fields[rule.metric.slice(0, rule.metric.indexOf('.'))];
      const metric = field && scorerOf(field).metrics.find(({ name }) => name === measure);
      const families = new Set(cases.map(({ family }) => family)).size;
      return isLinear(suite, rule.metric) && metric?.proportion != null && families === cases.length;
    }
  }
}

/** @param compared how many rules Holm's adjustment is for */
function isClear({ rule, ruling, evidence }: RuleVerdict, compared: number): boolean {
  if (rule.rule !== 'no_worse_than_baseline' || evidence === undefined) return true;
  const { worse, lossAtLeastMargin: loss } = evidence;
  const error = (p: number) => CLEAR_BY * Math.sqrt((p * (1 - p)) / RESAMPLES);
  const worseError = worse.method === 'sign-flip' ? error(worse.p) : 0;
  if (ruling === 'regressed') return compared * (worse.p + worseError) <= rule.alpha;
  if (worse.p - worseError <= rule.alpha) return false;
  const lossError = loss.method === 'bootstrap' ? error(loss.p) : 0;
  return ruling === 'held' ? loss.p + lossError <= rule.alpha : loss.p - lossError > rule.alpha;
}
