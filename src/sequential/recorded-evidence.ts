import type { Comparison } from '../compare/compare.ts';
import type { RunRecord } from '../schema/run-record.ts';
import { type Evidence, gatherEvidence } from './evidence.ts';
import { countedFamilies } from './seeded-order.ts';

/** A sequential run as the judge sees it. */
export interface RecordedEvidence {
  evidence: Evidence;
  /** Whether every family was asked, so that ordinary tests may speak as well. */
  isComplete: boolean;
}

/** The evidence that a recorded run stopped with, gathered anew from its answers; null for a run that is not sequential. */
export function recordedEvidence(run: RunRecord, comparison: Comparison | null): RecordedEvidence | null {
  const { suite, sequential, repeats } = run;
  if (sequential === undefined) return null;
  const evidence = gatherEvidence({
    ...{ suite, repeats, families: sequential.planned_families, largestFamily: sequential.largest_family },
    answers: (run.planned ?? run.cases.length) * repeats,
  });
  const before = new Map(comparison?.pairs.map((pair) => [pair.now.id, pair.before]));
  for (const family of countedFamilies(run))
    evidence.add(family.map((now) => ({ now, before: before.get(now.id) ?? null })));
  return { evidence, isComplete: sequential.families >= sequential.planned_families };
}

/** The part of a comparison that was drawn at random: what may be compared with tests. */
export function countedComparison(comparison: Comparison, run: RunRecord): Comparison {
  if (run.sequential === undefined) return comparison;
  const counted = new Set(countedFamilies(run).flatMap((family) => family.map(({ id }) => id)));
  return { ...comparison, pairs: comparison.pairs.filter(({ now }) => counted.has(now.id)) };
}
