import type { Baseline } from '../baseline/baseline.ts';
import { NO_USAGE } from '../model/model.ts';
import { isWholeRun } from '../record/whole-run.ts';
import type { BaselineAnswer } from '../schema/baseline.ts';
import type { Answer, CaseRecord, RunRecord } from '../schema/run-record.ts';
import { type CasePair, type Flip, findFlips } from './flips.ts';

/** This run beside the accepted one, on the cases both have, scored with today's labels. */
export interface Comparison {
  /** The baseline's path, as shown to the user. */
  path: string;
  suite: RunRecord['suite'];
  repeats: number;
  pairs: CasePair[];
  /** Cases of this run that the baseline does not have, by id; a case with another text is another case. */
  added: string[];
  /** Cases of the baseline that this run does not have; empty where the run is only part of the suite. */
  removed: string[];
  /** By field, in the suite's order. */
  flips: Record<string, Flip[]>;
}

/**
 * Pairs a run with a baseline. The baseline brings its answers only: what is expected comes from the
 * run, so a label corrected since is not taken for a change of the prompt.
 */
export function compareWithBaseline(
  run: Pick<RunRecord, 'suite' | 'cases' | 'repeats' | 'selection' | 'planned'>,
  baseline: Baseline,
): Comparison {
  const pairs: CasePair[] = [];
  const added: string[] = [];
  for (const now of run.cases) {
    const accepted = baseline.cases.get(now.id);
    if (accepted === undefined || accepted.text !== now.text) added.push(now.id);
    else
      pairs.push({
        now,
        before: { ...now, request: accepted.request, answers: accepted.answers.map(recall) },
      });
  }
  const present = new Map(run.cases.map(({ id, text }) => [id, text]));
  return {
    path: baseline.path,
    suite: run.suite,
    repeats: run.repeats,
    pairs,
    added,
    removed: isWholeRun(run)
      ? [...baseline.cases.values()].filter(({ id, text }) => present.get(id) !== text).map(({ id }) => id)
      : [],
    flips: Object.fromEntries(
      Object.keys(run.suite.fields).map((field) => [field, findFlips(run.suite, field, pairs)]),
    ),
  };
}

function recall(accepted: BaselineAnswer): Answer {
  const unknown = { raw: '', usage: NO_USAGE, latency_ms: 0 };
  return accepted.status === 'answered'
    ? { ...accepted, ...unknown }
    : { ...accepted, reason: '', ...unknown };
}

type ScorableRun = Pick<RunRecord, 'suite' | 'cases' | 'repeats'>;

/** Both sides of a comparison as runs of the same cases in the same order, ready to be scored. */
export function pairedRuns({ suite, repeats, pairs }: Pick<Comparison, 'suite' | 'repeats' | 'pairs'>): {
  before: ScorableRun;
  now: ScorableRun;
} {
  const side = (cases: CaseRecord[]): ScorableRun => ({ suite, repeats, cases });
  return { before: side(pairs.map(({ before }) => before)), now: side(pairs.map(({ now }) => now)) };
}
