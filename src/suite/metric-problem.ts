import { mendChoice, quote } from '../schema/check.ts';
import type { Field } from '../schema/field.ts';
import type { Metric } from '../score/scorer.ts';
import { scorerOf } from '../score/scorer-of.ts';

/** A metric that a suite names, or what is wrong with the name. */
type FoundMetric =
  | { kind: 'metric'; metric: Metric }
  | { kind: 'problem'; what: string; mend: string }
  /** The field is there but faulty itself, so there is nothing to say. */
  | { kind: 'unclear' };

/**
 * Finds `<field>.<metric>` or `<field>.<metric>.<label>` among the metrics that the field's kind has.
 *
 * @param names of every field, faulty ones included
 * @param fields the sound ones
 */
export function findMetric(
  name: string,
  names: readonly string[],
  fields: ReadonlyMap<string, Field>,
): FoundMetric {
  const [fieldName = '', measure = '', label] = name.split('.');
  if (!names.includes(fieldName)) {
    return { kind: 'problem', what: `unknown field in ${quote(name)}`, mend: mendChoice(fieldName, names) };
  }
  const field = fields.get(fieldName);
  if (field === undefined) return { kind: 'unclear' };
  const metrics = scorerOf(field).metrics;
  const metric = metrics.find((known) => `${fieldName}.${known.name}` === name);
  if (metric !== undefined) return { kind: 'metric', metric };
  const overall = metrics.map((known) => known.name).filter((known) => !known.includes('.'));
  const perLabel = metrics.flatMap((known) => (known.name.includes('.') ? [known.name.split('.')] : []));
  const measures = [...new Set(perLabel.map(([perLabelMeasure = '']) => perLabelMeasure))];
  const labels = [...new Set(perLabel.map(([, perLabelName = '']) => perLabelName))];
  if (!measures.includes(measure)) {
    const what = `${fieldName}, a ${field.kind} field, has no metric ${quote(name.slice(fieldName.length + 1))}`;
    const choice = [...overall, ...measures.map((known) => `${known}.<label>`)];
    return overall.includes(measure)
      ? { kind: 'problem', what, mend: `Write ${fieldName}.${measure}` }
      : { kind: 'problem', what, mend: mendChoice(measure, choice) };
  }
  return label === undefined
    ? {
        kind: 'problem',
        what: `${quote(name)} names no label`,
        mend: `Add one of ${labels.join(', ')} after a dot`,
      }
    : { kind: 'problem', what: `unknown label in ${quote(name)}`, mend: mendChoice(label, labels) };
}
