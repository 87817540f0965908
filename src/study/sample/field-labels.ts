import { contradictionsOf } from '../../goldens/label-rules.ts';
import { mendChoice, quote, violationsOf } from '../../schema/check.ts';
import { labelLineSchema } from '../../schema/label.ts';
import type { Label, Value } from '../../schema/run-record.ts';
import { parseAnswer } from '../../task/parse-answer.ts';
import { fieldValue, type Task } from '../../task/task.ts';

/** A label that was filled in, and the value of any field by it, derived ones included. */
interface FilledLabel {
  label: Label;
  value(field: string): Value;
}

/** By suite; those that are not filled in are not there. */
export type FieldLabels = ReadonlyMap<string, FilledLabel>;

interface Fault {
  what: string;
  mend: string;
}

/** Reads the `labels` of a line of a sample: by suite, values for all of its fields, or nulls throughout. */
export function readFieldLabels(tasks: readonly Task[]): (
  given: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
) => {
  labels: FieldLabels;
  faults: Fault[];
} {
  const schemas = new Map(
    tasks.map((task) => [task.name, { task, schema: labelLineSchema({ ...task, windows: null }) }]),
  );
  const names = [...schemas.keys()];
  return (given) => {
    const labels = new Map<string, FilledLabel>();
    const faults: Fault[] = [];
    for (const [name, values] of Object.entries(given)) {
      const known = schemas.get(name);
      if (known === undefined) {
        faults.push({ what: `${quote(name)} is no suite that is labelled`, mend: mendChoice(name, names) });
        continue;
      }
      if (Object.values(values).every((value) => value === null)) continue;
      const { task, schema } = known;
      const found = faultsOf(task, schema, values);
      faults.push(...found.faults.map(({ what, mend }) => ({ what: `${what} in labels.${name}`, mend })));
      const { label } = found;
      if (label !== null) labels.set(name, { label, value: (field) => fieldValue(task, field, label) });
    }
    return { labels, faults };
  };
}

function faultsOf(
  task: Task,
  schema: ReturnType<typeof labelLineSchema>,
  values: Readonly<Record<string, unknown>>,
): { label: Label | null; faults: Fault[] } {
  // The schema is that of a line of labels, which has an id.
  const violations = violationsOf(schema, { ...values, id: 'c' });
  if (violations.length > 0) return { label: null, faults: violations };
  const read = parseAnswer(task, JSON.stringify(values));
  if (!read.ok)
    return { label: null, faults: [{ what: read.reason, mend: 'Leave only the fields that were there' }] };
  const faults = contradictionsOf(task, read.label);
  return { label: faults.length > 0 ? null : read.label, faults };
}
