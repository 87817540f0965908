import type { CaseRecord, RunRecord } from '../schema/run-record.ts';
import { shareRight, usableLabel } from '../task/agree.ts';
import { fieldValue } from '../task/task.ts';

/** Tag of a conversation that differs from another of its family in one thing. */
const PAIR_TAG = 'pair';

/** How a field fares on conversations that differ in one thing. */
export interface MinimalPairs {
  field: string;
  /** Pairs of which the field applies to both. */
  pairs: number;
  /** Pairs with both cases right; with repeats, each in more than half of its answers. */
  bothRight: number;
  /** Pairs whose expected values differ. */
  contrasting: number;
  /** Contrasting pairs that were given one and the same answer: the change was not noticed. */
  alike: [string, string][];
}

/** Minimal pairs per field: two cases of one family, both tagged `pair`, in the same window. Empty without pairs. */
export function scoreMinimalPairs(run: Pick<RunRecord, 'suite' | 'cases'>): MinimalPairs[] {
  const couples = findPairs(run.cases);
  if (couples.length === 0) return [];
  return Object.keys(run.suite.fields).map((field) => {
    const expected = (subject: CaseRecord) => JSON.stringify(fieldValue(run.suite, field, subject.expected));
    const relevant = couples.filter((couple) =>
      couple.every((subject) => shareRight(run.suite, field, subject) !== null),
    );
    const contrasting = relevant.filter(([one, other]) => expected(one) !== expected(other));
    const isRight = (subject: CaseRecord) => (shareRight(run.suite, field, subject) ?? 0) > 0.5;
    return {
      field,
      pairs: relevant.length,
      bothRight: relevant.filter((couple) => couple.every(isRight)).length,
      contrasting: contrasting.length,
      alike: contrasting
        .filter(([one, other]) => given(run, field, one) === given(run, field, other))
        .map(([one, other]) => [one.id, other.id]),
    };
  });
}

function findPairs(cases: readonly CaseRecord[]): [CaseRecord, CaseRecord][] {
  const tagged = cases.filter(({ tags }) => tags.includes(PAIR_TAG));
  const groups = Map.groupBy(tagged, ({ family, window }) => `${family} ${window}`);
  return [...groups.values()].flatMap((group): [CaseRecord, CaseRecord][] => {
    const [one, other, third] = group;
    return one === undefined || other === undefined || third !== undefined ? [] : [[one, other]];
  });
}

function given(run: Pick<RunRecord, 'suite'>, field: string, { answers }: CaseRecord): string {
  const values = answers.map((answer) => {
    const label = usableLabel(answer);
    return label === null ? answer.status : JSON.stringify(fieldValue(run.suite, field, label));
  });
  return values.toSorted().join();
}
