import type { CaseRecord, RunRecord } from '../schema/run-record.ts';
import { usableLabel } from '../task/agree.ts';
import { fieldValue } from '../task/task.ts';

/** How far a model agrees with itself on one field when asked the same thing again. */
export interface SelfAgreement {
  field: string;
  /** Probability that two answers to the same case are equal, 0 … 1, averaged over cases. */
  agreement: number;
  /** Cases whose answers are not all equal, by id. */
  unstable: string[];
}

/**
 * Self-agreement per field over the cases that were asked more than once; empty where none was. Two
 * unusable answers of one kind count as equal.
 *
 * @example
 * // Answers up, up, down: one of three pairs is equal.
 * selfAgreement(run); // [{ field: 'tone', agreement: 0.3333333333333333, unstable: ['c1'] }]
 */
export function selfAgreement(run: Pick<RunRecord, 'suite' | 'cases'>): SelfAgreement[] {
  const repeated = run.cases.filter(({ answers }) => answers.length > 1);
  if (repeated.length === 0) return [];
  return Object.keys(run.suite.fields).map((field) => {
    const shares = repeated.map((subject) => equalPairs(run, field, subject));
    return {
      field,
      agreement: shares.reduce((sum, share) => sum + share, 0) / shares.length,
      unstable: repeated.filter((_subject, index) => shares[index] !== 1).map(({ id }) => id),
    };
  });
}

function equalPairs(run: Pick<RunRecord, 'suite'>, field: string, { answers }: CaseRecord): number {
  const counts = new Map<string, number>();
  for (const answer of answers) {
    const label = usableLabel(answer);
    const value = label === null ? answer.status : JSON.stringify(fieldValue(run.suite, field, label));
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const pairs = (count: number) => (count * (count - 1)) / 2;
  return [...counts.values()].reduce((sum, count) => sum + pairs(count), 0) / pairs(answers.length);
}
