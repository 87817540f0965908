import type { Field } from '../schema/field.ts';
import { seedFor } from '../statistics/random.ts';
import { classesOf, type Task } from '../task/task.ts';
import { alphaOf } from './alpha.ts';
import { type Ceiling, ceilingOf } from './ceiling.ts';
import {
  annotatorsAgainstLabel,
  type Confusion,
  confusionsOf,
  type PairOfRaters,
  pairsOfAnnotators,
  type VoteMatrix,
  voteMatrix,
} from './confusions.ts';
import { type DistanceName, distanceOf } from './distance.ts';
import type { Estimate, Resampling } from './estimate.ts';
import { pairAgreement, type SpecificAgreement, specificAgreements } from './pair-agreement.ts';
import { type FieldUnit, fieldUnits, membershipUnits, NONE, type Voted } from './voted-unit.ts';

/** What the votes say of a field as a whole. */
export interface Reliability {
  distance: DistanceName;
  alpha: Estimate;
  /** Share of the pairs of votes on a unit that are equal. */
  pairs: Estimate;
  /** Units with two votes or more. */
  units: number;
  /** Those of which the votes differ. */
  split: number;
}

/** What the votes say of one class, or of one label of a set. */
interface LabelAgreement extends SpecificAgreement {
  /** Of whether the set has the label; null for a class of another field. */
  alpha: Estimate | null;
}

/** How far annotators agree on a field, what they confuse, and what that does to what can be measured. */
export interface FieldAgreement extends Reliability {
  field: string;
  kind: Field['kind'];
  /** The same for each window; empty in a task without windows. */
  windows: ({ window: string } & Reliability)[];
  labels: LabelAgreement[];
  matrix: VoteMatrix;
  /** The pairs of classes that votes disagree on, the most frequent first. */
  confusions: Confusion[];
  annotators: PairOfRaters[];
  againstLabel: PairOfRaters[];
  ceiling: Ceiling;
}

/**
 * Measures the agreement on a field. In a field of sets the classes are the sets that were given, but `labels` speak
 * of single labels.
 *
 * @param resamples of every bootstrap interval
 */
export function fieldAgreement(
  task: Task,
  name: string,
  field: Field,
  voted: readonly Voted[],
  { resamples, seed }: Resampling,
): FieldAgreement {
  const resamplingOf = (what: string) => ({ resamples, seed: seedFor(seed, `${name} ${what}`) });
  const units = fieldUnits(task, name, voted);
  const compared = units.filter(({ votes }) => votes.length > 1);
  const classes = classNames(field, units);
  const matrix = voteMatrix(compared, classes);
  return {
    field: name,
    kind: field.kind,
    ...reliabilityOf(field, units, resamplingOf('all')),
    windows: Object.keys(task.windows ?? {}).map((window) => {
      const own = voted.filter((each) => each.window === window);
      return { window, ...reliabilityOf(field, fieldUnits(task, name, own), resamplingOf(window)) };
    }),
    labels: labelAgreements(field, units, classes, resamplingOf),
    matrix,
    confusions: confusionsOf(matrix),
    annotators: pairsOfAnnotators(compared, classes),
    againstLabel: annotatorsAgainstLabel(units, classes),
    ceiling: ceilingOf(units, Math.max(2, classes.length), resamplingOf),
  };
}

function reliabilityOf(field: Field, units: readonly FieldUnit[], resampling: Resampling): Reliability {
  const { name, between } = distanceOf(field);
  const compared = units.filter(({ votes }) => votes.length > 1);
  return {
    distance: name,
    alpha: alphaOf(compared, between, resampling),
    pairs: pairAgreement(compared, resampling),
    units: compared.length,
    split: compared.filter(({ votes }) => votes.some(({ value }) => value !== votes[0]?.value)).length,
  };
}

function labelAgreements(
  field: Field,
  units: readonly FieldUnit[],
  classes: readonly string[],
  resamplingOf: (what: string) => Resampling,
): LabelAgreement[] {
  if (field.kind !== 'set')
    return specificAgreements(units, classes, resamplingOf).map((each) => ({ ...each, alpha: null }));
  return field.labels.flatMap((label) => {
    const members = membershipUnits(units, label);
    const resampling = resamplingOf(label);
    const alpha = alphaOf(members, (a, b) => (a === b ? 0 : 1), resampling);
    return specificAgreements(members, ['true'], () => resampling).map((each) => ({ ...each, label, alpha }));
  });
}

/** The field's classes in the suite's order; of sets, those that were given, in alphabetical order. */
function classNames(field: Field, units: readonly FieldUnit[]): string[] {
  const given = new Set(
    units.flatMap(({ label, votes }) => [
      ...(label === null ? [] : [label]),
      ...votes.map(({ value }) => value),
    ]),
  );
  if (field.kind === 'set') return [...given].sort();
  return [...classesOf(field), ...(given.has(NONE) ? [NONE] : [])];
}
