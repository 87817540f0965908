import type { CaseRecord, Value } from '../schema/run-record.ts';
import { type SparseVector, sparseVector } from '../statistics/sparse-vector.ts';
import { fieldValue, type Task } from '../task/task.ts';
import type { Scorer } from './scorer.ts';
import { scorerOf } from './scorer-of.ts';

interface Contribution {
  /** Mean over repeats. */
  readonly vector: SparseVector;
  /** What the case would add without a usable answer. */
  readonly unusable: SparseVector;
  /** Expected class for the majority; null where it has none. */
  readonly expectedClass: string | null;
}

/** What one case adds to the cells of a field. */
export interface CaseVector extends Contribution {
  readonly family: string;
}

/**
 * Repeats of one question are not further cases. `mean`: a case adds the mean of what its answers
 * add, so that its weight is one. `majority`: it adds what its most frequent answer does; among
 * equally frequent ones, the one that was given first.
 */
export type Repeats = 'mean' | 'majority';

/** A field's scorer and its cases; null for a case that does not count for the field. */
export interface FieldVectors {
  readonly field: string;
  readonly scorer: Scorer;
  readonly cases: readonly (CaseVector | null)[];
}

/** Vectors of all cases for one field, in the order of the cases. */
export function fieldVectors(
  task: Pick<Task, 'fields'>,
  field: string,
  cases: readonly Pick<CaseRecord, 'family' | 'expected' | 'answers'>[],
  repeats: Repeats = 'mean',
): FieldVectors {
  const definition = task.fields[field];
  if (definition === undefined) throw new Error(`no field ${field}`);
  const scorer = scorerOf(definition);
  const combine = repeats === 'mean' ? meanOf : majorityOf;
  const contributionOf = (expected: Value, given: readonly (Value | undefined)[]): Contribution | null => {
    const vector = combine(given.map((value) => scorer.additions(expected, value)));
    if (vector === null) return null;
    const unusable = sparseVector(scorer.additions(expected, undefined) ?? []);
    return { vector, unusable, expectedClass: scorer.classOf(expected) };
  };
  // Large runs repeat few outcomes.
  const known = new Map<string, Contribution | null>();
  return {
    field,
    scorer,
    cases: cases.map(({ family, expected: label, answers }) => {
      const expected = fieldValue(task, field, label);
      const given = answers.map((answer) =>
        answer.status === 'answered' ? fieldValue(task, field, answer.label) : undefined,
      );
      // An unusable answer reads [], a value [value]: JSON itself would write both as null.
      const key = JSON.stringify([expected, given.map((value) => (value === undefined ? [] : [value]))]);
      let contribution = known.get(key);
      if (contribution === undefined) {
        contribution = contributionOf(expected, given);
        known.set(key, contribution);
      }
      return contribution && { family, ...contribution };
    }),
  };
}

type Additions = ReturnType<Scorer['additions']>;

function meanOf(answers: readonly Additions[]): SparseVector | null {
  const counting = answers.filter((additions) => additions !== null);
  if (counting.length === 0) return null;
  return sparseVector(
    counting.flatMap((additions) =>
      additions.map(([cell, value]): [number, number] => [cell, value / answers.length]),
    ),
  );
}

function majorityOf(answers: readonly Additions[]): SparseVector | null {
  const votes = new Map<string, { vector: SparseVector | null; count: number }>();
  for (const additions of answers) {
    const vector = additions === null ? null : sparseVector(additions);
    const known = votes.get(vector?.key ?? '');
    if (known === undefined) votes.set(vector?.key ?? '', { vector, count: 1 });
    else known.count++;
  }
  const [first, ...others] = votes.values();
  if (first === undefined) return null;
  return others.reduce((best, vote) => (vote.count > best.count ? vote : best), first).vector;
}
