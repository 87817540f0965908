import type { GoldenLabel } from '../../goldens/load.ts';
import type { Field } from '../../schema/field.ts';
import { krippendorffInterval, krippendorffNominal } from '../../statistics/krippendorff.ts';
import { fieldValue, type Task } from '../../task/task.ts';

/** How far annotators agree on a field, or on one label of a set. */
export interface AnnotatorAgreement {
  name: string;
  /** Krippendorff's alpha, at most 1; null where there is nothing to compare. */
  alpha: number | null;
  /** `interval` weighs a disagreement by the square of its distance on the scale. */
  metric: 'nominal' | 'interval';
  /** Labels with two votes or more that apply to the field. */
  units: number;
  /** Those of which the votes differ. */
  split: number;
}

/** Krippendorff's alpha of every field: of a set for each label, of an ordinal field on its values. */
export function annotatorAgreement(
  task: Pick<Task, 'fields'>,
  labels: readonly Pick<GoldenLabel, 'votes'>[],
): AnnotatorAgreement[] {
  return Object.entries(task.fields).flatMap(([name, field]) => {
    const units = labels.map(({ votes }) => votes.map(({ label }) => fieldValue(task, name, label)));
    if (field.kind === 'set')
      return field.labels.map((label) =>
        agreement(
          `${name}: ${label}`,
          units.map((votes) => votes.map((value) => String(Array.isArray(value) && value.includes(label)))),
          field,
        ),
      );
    const applying = units.filter((votes) => votes.some((value) => value !== null));
    return [
      agreement(
        name,
        applying.map((votes) => votes.map((value) => String(value ?? 'none'))),
        field,
      ),
    ];
  });
}

function agreement(name: string, units: readonly string[][], field: Field): AnnotatorAgreement {
  const voted = units.filter((votes) => votes.length > 1);
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
