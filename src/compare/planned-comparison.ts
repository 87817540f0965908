import type { Baseline } from '../baseline/baseline.ts';
import { NO_USAGE } from '../model/model.ts';
import type { Case } from '../plan/case.ts';
import type { CaseRecord, RunRecord } from '../schema/run-record.ts';
import { type Comparison, compareWithBaseline } from './compare.ts';

/**
 * A comparison for planning, before anything was run: the cases at hand, answered both times as the baseline
 * does, or as expected where there is none.
 */
export function plannedComparison(
  suite: RunRecord['suite'],
  cases: readonly Case[],
  baseline: Baseline | null,
): Comparison {
  const records = cases.map(({ request: _request, requestHash, ...subject }): CaseRecord => {
    const right = {
      status: 'answered' as const,
      label: subject.expected,
      raw: '',
      usage: NO_USAGE,
      latency_ms: 0,
    };
    return { ...subject, request: requestHash, answers: [right] };
  });
  const run = { suite, cases: records, repeats: 1, selection: null };
  if (baseline !== null) {
    const { pairs, ...rest } = compareWithBaseline(run, baseline);
    return { ...rest, pairs: pairs.map(({ before }) => ({ before, now: before })) };
  }
  const pairs = records.map((record) => ({ before: record, now: record }));
  return { path: '', suite, repeats: 1, pairs, added: [], removed: [], flips: {} };
}
