import type { Task } from '../task/task.ts';
import { type FieldAgreement, fieldAgreement } from './field-agreement.ts';
import type { Voted } from './voted-unit.ts';

/** How far annotators agree in a suite. */
export interface SuiteAgreement {
  suite: string;
  /** What was labelled or is open: conversations, or windows of them. */
  subjects: number;
  /** Those without a label yet. */
  open: number;
  votes: number;
  /** Votes whose annotator was not sure. */
  unsure: number;
  /** In alphabetical order. */
  annotators: { name: string; votes: number; unsure: number }[];
  /** Empty where nothing has two votes. */
  fields: FieldAgreement[];
}

const RESAMPLES = 2_000;
const SEED = 20_251;

/** Measures the agreement on every field of a task, derived ones too. The same votes give the same figures. */
export function suiteAgreement(suite: string, task: Task, voted: readonly Voted[]): SuiteAgreement {
  const votes = voted.flatMap((each) => each.votes);
  const annotators = [...Map.groupBy(votes, ({ by }) => by)]
    .map(([name, own]) => ({ name, votes: own.length, unsure: own.filter(({ unsure }) => unsure).length }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const isComparable = voted.some((each) => each.votes.length > 1);
  return {
    suite,
    subjects: voted.length,
    open: voted.filter(({ label }) => label === null).length,
    votes: votes.length,
    unsure: votes.filter(({ unsure }) => unsure).length,
    annotators,
    fields: isComparable
      ? Object.entries(task.fields).map(([name, field]) =>
          fieldAgreement(task, name, field, voted, { resamples: RESAMPLES, seed: SEED }),
        )
      : [],
  };
}
