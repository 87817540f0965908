import { judge } from '../judge/judge.ts';
import { ruleName } from '../judge/verdict.ts';
import { NO_USAGE } from '../model/model.ts';
import type { RunRecord } from '../schema/run-record.ts';
import type { Rule } from '../schema/suite.ts';
import type { Scores } from '../score/scores.ts';
import { seededRandom, seedFor } from '../statistics/random.ts';
import { type AnswerModel, answerModel, type CalibratedRun } from './answer-model.ts';
import { brokenShares } from './expected-loss.ts';
import type { Noise } from './noise.ts';
import { type Rate, rateOf } from './rate.ts';
import { type SimulatedChange, simulateChange } from './simulate-change.ts';

/** Losses in the headline metric that are simulated: 1, 2, 3, 5, 7 and 10 points. */
const SIMULATED_LOSSES = [0.01, 0.02, 0.03, 0.05, 0.07, 0.1] as const;

/** "Fail if more than 2 points lower": a threshold that gates without statistics have. */
export const THRESHOLD = 0.02;

/**
 * Of the bootstrap and the sign-flip test in a simulated judgement. A sign-flip test keeps its level with any
 * number of flips; with 599 its p-values meet 0.05, 0.05 / 2 and 0.05 / 3, which Holm asks for, exactly.
 */
const RESAMPLES = 599;

export interface CalibrateOptions {
  noise: Noise;
  /** Changes without a loss. */
  simulations: number;
  /** Changes for each of the losses. */
  simulationsPerLoss: number;
  seed: number;
  onProgress?: (done: number, total: number) => void;
}

/** What became of simulated changes that all had the same true loss. */
export interface Condition {
  /** In the headline's unit; 0 for changes that changed nothing. */
  loss: number;
  simulations: number;
  /** Rulings over the rules that compare with the baseline, Holm's adjustment included. */
  regressed: Rate;
  undecided: Rate;
  held: Rate;
  /** What the two usual rules would have failed: any drop, and a drop of more than THRESHOLD. */
  anyDrop: Rate;
  dropOverThreshold: Rate;
  /** How often each rule, by its name, was found regressed; `must_pass` rules included. */
  rules: { name: string; rule: Rule['rule']; regressed: Rate }[];
}

/** How often a suite's gate closes on changes of which the truth is known. */
export interface Calibration {
  suite: string;
  headline: string;
  cases: number;
  families: number;
  repeats: number;
  noise: Noise;
  /** The largest alpha of the rules: what false alarms may come to. */
  alpha: number;
  conditions: Condition[];
  /** Losses that were left out, because the run has not so much to lose. */
  unreachable: number[];
}

/**
 * Simulates changes to a suite's prompt and judges each with the judge that a real run meets. `floor` and
 * `budget` rules are left out: they look at one run and compare nothing.
 *
 * @throws Error where no rule compares with the baseline; callers check
 */
export function calibrate(run: CalibratedRun, options: CalibrateOptions): Calibration {
  const { noise, simulations, simulationsPerLoss, seed, onProgress = () => {} } = options;
  const rules = run.suite.rules.filter(
    ({ rule }) => rule === 'no_worse_than_baseline' || rule === 'must_pass',
  );
  const alphas = rules.flatMap((rule) => (rule.rule === 'no_worse_than_baseline' ? [rule.alpha] : []));
  if (alphas.length === 0) throw new Error(`${run.suite.name} compares nothing with the baseline`);
  const model = answerModel({ ...run, suite: { ...run.suite, rules } });
  const brokenShareFor = brokenShares(model, noise.rate);
  const shares = SIMULATED_LOSSES.map((loss) => ({ loss, brokenShare: brokenShareFor(loss) }));
  const planned = [
    { loss: 0, brokenShare: 0, simulations },
    ...shares.flatMap(({ loss, brokenShare }) =>
      brokenShare === null ? [] : [{ loss, brokenShare, simulations: simulationsPerLoss }],
    ),
  ];
  const total = planned.reduce((sum, each) => sum + each.simulations, 0);
  let done = 0;
  const conditions = planned.map(({ loss, brokenShare, simulations: count }) => {
    const outcomes = Array.from({ length: count }, (_, index) => {
      const drawn = seedFor(seed, `${run.suite.name}/${loss}/${index}`);
      const change = simulateChange(model, { noise: noise.rate, brokenShare }, seededRandom(drawn));
      const outcome = judgeChange(model, change, drawn);
      onProgress(++done, total);
      return outcome;
    });
    return summarize(loss, rules, outcomes);
  });
  return {
    suite: run.suite.name,
    headline: run.suite.headline,
    cases: run.cases.length,
    families: new Set(run.cases.map(({ family }) => family)).size,
    repeats: run.repeats,
    noise,
    alpha: Math.max(...alphas),
    conditions,
    unreachable: shares.flatMap(({ loss, brokenShare }) => (brokenShare === null ? [loss] : [])),
  };
}

interface Outcome {
  regressed: boolean;
  undecided: boolean;
  /** By the position of the rule. */
  rules: boolean[];
  drop: number;
}

/** The judge's sentence may name scores; nothing here reads it. */
const NO_SCORES: Scores = { n: 0, unusable: { invalid: 0, refused: 0, failed: 0 }, fields: {}, slices: [] };

function judgeChange(model: AnswerModel, change: SimulatedChange, seed: number): Outcome {
  const { suite, repeats, better } = model;
  const { pairs, baseline, candidate } = change;
  const run: RunRecord = { ...SIMULATED, suite, repeats, cases: pairs.map(({ now }) => now) };
  const comparison = { path: '', suite, repeats, pairs, added: [], removed: [], flips: {} };
  const verdict = judge(run, NO_SCORES, comparison, { resamples: RESAMPLES, seed, planned: false });
  const compared = verdict.rules.filter(({ rule }) => rule.rule === 'no_worse_than_baseline');
  const has = (ruling: string) => compared.some((each) => each.ruling === ruling);
  return {
    regressed: has('regressed'),
    undecided: !has('regressed') && has('undecided'),
    rules: verdict.rules.map(({ ruling }) => ruling === 'regressed'),
    drop: better === 'higher' ? baseline - candidate : candidate - baseline,
  };
}

/** What a run record says of how it came about, which no rule here reads. */
const SIMULATED: Omit<RunRecord, 'suite' | 'repeats' | 'cases'> = {
  touchstone: 'run',
  version: 1,
  model: 'simulated',
  prompt: { path: '', sha256: '' },
  goldens: { path: '', sha256: '', conversations: 0 },
  git: null,
  started_at: '',
  selection: null,
  asked: 0,
  spent: NO_USAGE,
  seconds: 0,
};

function summarize(loss: number, rules: readonly Rule[], outcomes: readonly Outcome[]): Condition {
  const share = (has: (outcome: Outcome) => boolean) => rateOf(outcomes.filter(has).length, outcomes.length);
  return {
    loss,
    simulations: outcomes.length,
    regressed: share(({ regressed }) => regressed),
    undecided: share(({ undecided }) => undecided),
    held: share(({ regressed, undecided }) => !regressed && !undecided),
    // A drop that is one of rounding alone is none.
    anyDrop: share(({ drop }) => drop > 1e-9),
    dropOverThreshold: share(({ drop }) => drop > THRESHOLD + 1e-9),
    rules: rules.map((rule, index) => ({
      name: ruleName(rule),
      rule: rule.rule,
      regressed: share((outcome) => outcome.rules[index] === true),
    })),
  };
}
