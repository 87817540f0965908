import type { Baseline } from '../baseline/baseline.ts';
import { compareWithBaseline } from '../compare/compare.ts';
import type { GoldenLabel } from '../goldens/load.ts';
import { caseId } from '../plan/case.ts';
import type { Answer, RunRecord } from '../schema/run-record.ts';
import type { CaseHistory } from './order-cases.ts';

/**
 * Learns from earlier runs of a suite, compared with what is accepted today, and from the annotators' votes. Runs of
 * other fields than the baseline's are passed over.
 */
export function historyOf(
  runs: readonly RunRecord[],
  baseline: Baseline | null,
  labels: readonly GoldenLabel[],
): CaseHistory {
  return {
    flipped: new Set(runs.flatMap((run) => flippedIn(run, baseline))),
    unsteady: new Set([...answeredDifferently(runs), ...labels.filter(isDisputed).map(idOf)]),
  };
}

function flippedIn(run: RunRecord, baseline: Baseline | null): string[] {
  if (baseline === null || JSON.stringify(run.suite.fields) !== JSON.stringify(baseline.header.fields))
    return [];
  const { flips } = compareWithBaseline(run, baseline);
  return Object.values(flips).flatMap((found) => found.map(({ id }) => id));
}

function answeredDifferently(runs: readonly RunRecord[]): string[] {
  const said = new Map<string, { text: string; answers: Set<string> }>();
  for (const { id, text, answers } of runs.flatMap((run) => run.cases)) {
    const known = said.get(id);
    // The newest runs come first: a case with another text was another case.
    if (known !== undefined && known.text !== text) continue;
    const found = known ?? { text, answers: new Set<string>() };
    for (const answer of answers) found.answers.add(wordsOf(answer));
    said.set(id, found);
  }
  return [...said].filter(([, { answers }]) => answers.size > 1).map(([id]) => id);
}

function wordsOf(answer: Answer): string {
  return answer.status === 'answered' ? JSON.stringify(answer.label) : answer.status;
}

function isDisputed({ votes }: GoldenLabel): boolean {
  const said = new Set(votes.map(({ label }) => JSON.stringify(label)));
  return said.size > 1 || votes.some(({ unsure }) => unsure);
}

function idOf({ id, window }: GoldenLabel): string {
  return caseId(id, window);
}
