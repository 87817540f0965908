import type { Baseline } from '../baseline/baseline.ts';
import { type Assessment, assess } from '../judge/assess.ts';
import type { Verdict } from '../judge/verdict.ts';
import { suiteOfRecord } from '../record/build-record.ts';
import type { RunRecord } from '../schema/run-record.ts';
import type { LoadedSuite } from '../suite/load.ts';
import { guardedSuite, withLabels } from './guard.ts';
import type { SuiteGuard } from './open-guard.ts';

/** A run judged by goalposts that the change under judgement cannot have moved. */
export interface GuardedJudgement {
  assessment: Assessment;
  /** Null where the run was not asked to be guarded. */
  guard: SuiteGuard | null;
  /** The verdict by the labels of the change, where it corrects some of the base's. */
  byOwnLabels: Verdict | null;
  /** Whether the gate is closed: by a rule, or until a person allows what the change does to the goalposts. */
  blocks: boolean;
}

/**
 * Judges a run. With a guard, and until a person allows the changes, by the stricter of both sides' rules, the
 * base's baseline and the base's labels; without one by what the work tree holds.
 */
export function judgeGuarded(
  run: RunRecord,
  own: { suite: LoadedSuite; baseline: Baseline | null },
  guard: SuiteGuard | null,
): GuardedJudgement {
  if (guard === null || guard.allowed) {
    const assessment = assess(run, own.baseline);
    return { assessment, guard, byOwnLabels: null, blocks: assessment.verdict.blocks };
  }
  const { base, changes, verdict } = guard;
  const guarded: RunRecord = { ...run, suite: suiteOfRecord(guardedSuite(own.suite, base)) };
  const baseline = base.suite === null ? own.baseline : base.baseline;
  const labelled = base.labels === null ? guarded : withLabels(guarded, base.labels);
  const assessment = assess(labelled, baseline);
  const corrects = changes.some(({ kind }) => kind === 'label_changed');
  return {
    assessment,
    guard,
    byOwnLabels: corrects ? assess(guarded, baseline).verdict : null,
    blocks: assessment.verdict.blocks || verdict.needsPerson,
  };
}
