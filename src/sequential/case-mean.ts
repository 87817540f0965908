import type { Field } from '../schema/field.ts';
import type { CaseRecord, RunRecord, Value } from '../schema/run-record.ts';
import { fieldVectors } from '../score/field-vectors.ts';
import { metricCells } from '../score/metric-cells.ts';
import type { Metric, Scorer } from '../score/scorer.ts';
import { scorerOf } from '../score/scorer-of.ts';
import type { SparseVector } from '../statistics/sparse-vector.ts';
import { classesOf } from '../task/task.ts';

/** A metric that is a mean over cases, and over which ones does not depend on the answers. */
export interface CaseMean {
  better: Metric['better'];
  /** What a case that counts adds at most; at least 0. */
  most: number;
  /** What each case adds: its part of the sum, and 1 where it counts for the metric, else 0. Repeats are averaged. */
  partsOf(cases: readonly CaseRecord[]): { value: number; weight: number }[];
}

/**
 * Reads a metric as a mean over cases: accuracy, recall, the Jaccard index, the mean absolute error. Null where it is
 * none (F1, kappa), or is taken over cases that the answers choose (precision): families of cases then do not add up,
 * and nothing can be said before all are in.
 *
 * @param name `<field>.<metric>` or `<field>.<metric>.<label>`
 */
export function caseMean(suite: RunRecord['suite'], name: string): CaseMean | null {
  const [field = '', ...rest] = name.split('.');
  const definition = suite.fields[field];
  if (definition === undefined) return null;
  const scorer = scorerOf(definition);
  const index = scorer.metrics.findIndex((metric) => metric.name === rest.join('.'));
  const metric = scorer.metrics[index];
  if (metric === undefined || (metric.proportion === null && metric.mean === null)) return null;
  const counting = new Set(metric.proportion?.trials ?? metric.mean?.denominator);
  if (!countsWhateverIsAnswered(definition, scorer, counting)) return null;
  const { project } = metricCells(scorer, index);
  // Families come one by one, and large runs repeat few outcomes.
  const known = new Map<string, { value: number; weight: number }>();
  return {
    better: metric.better,
    most: metric.mean === null ? 1 : Math.max(...metric.mean.numerator.map(([, weight]) => weight)),
    partsOf: (cases) =>
      cases.map((each) => {
        const key = outcomeOf(each);
        let parts = known.get(key);
        if (parts === undefined) {
          const [vector] = fieldVectors(suite, field, [each]).cases;
          const projected = vector == null ? null : project(vector.vector);
          parts = { value: cellOf(projected, 0), weight: cellOf(projected, 1) };
          known.set(key, parts);
        }
        return parts;
      }),
  };
}

/** All of a case that its score depends on. */
function outcomeOf({ expected, answers }: CaseRecord): string {
  return JSON.stringify([expected, answers.map((answer) => ('label' in answer ? answer.label : null))]);
}

/** Whether a case's share in the denominator follows from what is expected of it. */
function countsWhateverIsAnswered(field: Field, scorer: Scorer, counting: ReadonlySet<number>): boolean {
  const possible = possibleValues(field);
  return possible.every((expected) => {
    const weights = [...possible, undefined].map((given) =>
      (scorer.additions(expected, given) ?? []).reduce(
        (sum, [cell, value]) => sum + (counting.has(cell) ? value : 0),
        0,
      ),
    );
    return weights.every((weight) => weight === weights[0]);
  });
}

/** Every value of a field; of a set those that differ for one label at a time. */
function possibleValues(field: Field): Value[] {
  const classes = classesOf(field);
  switch (field.kind) {
    case 'set':
      return [[], classes, ...classes.map((label) => [label])];
    case 'nominal':
      return field.only_where === undefined ? classes : [...classes, null];
    case 'binary':
      return [false, true];
    case 'ordinal':
      return classes;
  }
}

function cellOf(vector: SparseVector | null, cell: number): number {
  return vector?.values[vector.cells.indexOf(cell)] ?? 0;
}
