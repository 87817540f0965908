import type { Comparison } from '../compare/compare.ts';
import { plannedComparison } from '../compare/planned-comparison.ts';
import { matchesWhere } from '../judge/case-matches.ts';
import { judgeFloor } from '../judge/judge-floor.ts';
import { judgeMustPass } from '../judge/judge-must-pass.ts';
import { compareForRule, judgeNoWorse } from '../judge/judge-no-worse.ts';
import type { Ruling } from '../judge/verdict.ts';
import type { SuiteWork } from '../project/load-work.ts';
import { suiteOfRecord } from '../record/build-record.ts';
import type { RunRecord } from '../schema/run-record.ts';
import type { BudgetRule, FloorRule, NoWorseRule, Rule } from '../schema/suite.ts';
import { fieldVectors } from '../score/field-vectors.ts';
import { scoreField } from '../score/score-field.ts';
import { rightRun, wrongRuns } from './extreme-runs.ts';

export type JudgedRule = Exclude<Rule, BudgetRule>;

/** What the gate's own code says of a rule at today's number of cases. */
export interface PossibleRulings {
  /** With every answer right; of a rule that compares with the baseline, with no answer changed. */
  best: Ruling;
  /** With every answer wrong, in several ways. */
  worst: Ruling[];
}

/** Judges rules of one suite on the best and on the worst answers there could be. Asks nothing. */
export class RuleExtremes {
  readonly #work: SuiteWork;
  readonly #right: RunRecord;
  readonly #wrong: RunRecord[];
  /** The accepted answers beside themselves, or the right ones where none fit today's cases. */
  readonly #unchanged: Comparison;
  readonly #known = new Map<JudgedRule, PossibleRulings>();

  constructor(work: SuiteWork) {
    this.#work = work;
    this.#right = rightRun(work);
    this.#wrong = wrongRuns(work);
    const suite = suiteOfRecord(work.suite);
    const accepted = plannedComparison(suite, work.cases, work.baseline);
    this.#unchanged = accepted.pairs.length > 0 ? accepted : plannedComparison(suite, work.cases, null);
  }

  of(rule: JudgedRule): PossibleRulings {
    const known = this.#known.get(rule) ?? this.#judge(rule);
    this.#known.set(rule, known);
    return known;
  }

  #judge(rule: JudgedRule): PossibleRulings {
    switch (rule.rule) {
      case 'floor':
        return {
          best: floorRuling(rule, this.#right),
          worst: this.#wrong.map((run) => floorRuling(rule, run)),
        };
      case 'must_pass': {
        const accepted =
          this.#work.baseline === null
            ? null
            : new Map(this.#unchanged.pairs.map(({ before }) => [before.id, before]));
        const ruling = (run: RunRecord) => judgeMustPass(rule, run, accepted).ruling;
        return { best: ruling(this.#right), worst: this.#wrong.map(ruling) };
      }
      case 'no_worse_than_baseline':
        return {
          best: noWorseRuling(rule, this.#unchanged),
          worst: this.#wrong.map((run) => noWorseRuling(rule, this.#becoming(run))),
        };
    }
  }

  /** The accepted answers beside those of a run. */
  #becoming({ cases }: RunRecord): Comparison {
    const now = new Map(cases.map((each) => [each.id, each]));
    const pairs = this.#unchanged.pairs.map(({ before }) => ({ before, now: now.get(before.id) ?? before }));
    return { ...this.#unchanged, pairs };
  }
}

/** As `judgeFloor`, for the one metric, which is all that it reads. */
function floorRuling({ where, ...rule }: FloorRule, run: RunRecord): Ruling {
  const [field = '', ...rest] = rule.metric.split('.');
  const cases = run.cases.filter((each) => matchesWhere(where, each));
  const vectors = fieldVectors(run.suite, field, cases);
  const score = scoreField(vectors, [...cases.keys()], {
    resamples: 2_000,
    seed: 1,
    bootstrapped: (metric) => metric === rest.join('.'),
  });
  const unusable = { invalid: 0, refused: 0, failed: 0 };
  return judgeFloor(rule, run, { n: cases.length, unusable, fields: { [field]: score }, slices: [] }).ruling;
}

/** With the rule's own p-value: Holm's adjustment leaves it as it is where all other rules have smaller ones. */
function noWorseRuling(rule: NoWorseRule, comparison: Comparison): Ruling {
  const found = compareForRule(rule, comparison, { planned: false });
  return judgeNoWorse(rule, found, found.worse.p, { sameAnswers: false, isStopped: false }).ruling;
}
