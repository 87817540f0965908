import type { GoldenLabel } from '../goldens/load.ts';
import type { Field } from '../schema/field.ts';
import { krippendorffInterval, krippendorffNominal } from '../statistics/krippendorff.ts';
import type { Task } from '../task/task.ts';
import { type FieldUnit, fieldUnits, membershipUnits } from './voted-unit.ts';

/** How far annotators agree on a field, or on one label of a set. */
interface AnnotatorAgreement {
  name: string;
  /** At most 1; null where there is nothing to compare. */
  alpha: number | null;
  /** `interval` weighs a disagreement by the square of its distance on the scale. */
  metric: 'nominal' | 'interval';
  /** Labels with two votes or more that apply to the field. */
  units: number;
  /** Those of which the votes differ. */
  split: number;
}

/** Krippendorff's alpha of every field: of a set for each label, of an ordinal field on its values. No intervals. */
export function annotatorAgreement(
  task: Pick<Task, 'fields'>,
  labels: readonly Pick<GoldenLabel, 'votes'>[],
): AnnotatorAgreement[] {
  const unlabelled = { id: '', window: null, family: '', label: null, adjudicated: false };
  const voted = labels.map(({ votes }) => ({ ...unlabelled, votes }));
  return Object.entries(task.fields).flatMap(([name, field]) => {
    const units = fieldUnits(task, name, voted);
    if (field.kind !== 'set') return [agreement(name, units, field)];
    return field.labels.map((label) => agreement(`${name}: ${label}`, membershipUnits(units, label), field));
  });
}

function agreement(name: string, units: readonly FieldUnit[], field: Field): AnnotatorAgreement {
  const voted = units.map(({ votes }) => votes.map(({ value }) => value)).filter((votes) => votes.length > 1);
  const split = voted.filter((votes) => new Set(votes).size > 1).length;
  const common = { name, units: voted.length, split };
  if (field.kind !== 'ordinal') return { ...common, metric: 'nominal', alpha: krippendorffNominal(voted) };
  const levels = new Map(Object.entries(field.levels));
  return {
    ...common,
    metric: 'interval',
    alpha: krippendorffInterval(voted.map((votes) => votes.map((vote) => levels.get(vote) ?? 0))),
  };
}
