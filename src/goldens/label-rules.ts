import type { Label } from '../schema/run-record.ts';
import { askedFields, type Task } from '../task/task.ts';

/** One way in which the fields of a label contradict each other. */
interface Contradiction {
  what: string;
  mend: string;
}

/**
 * What a label that fits its schema must hold beyond it: a set with `contains` has the nominal field's label
 * where that is one of its own, and is empty otherwise; a field with `only_where` has a value where the
 * binary field is true, and null otherwise.
 */
export function contradictionsOf(task: Pick<Task, 'fields'>, label: Label): Contradiction[] {
  return askedFields(task).flatMap(([name, field]): Contradiction[] => {
    const value = label[name];
    if (field.kind === 'nominal' && field.only_where !== undefined) {
      const condition = field.only_where;
      if (label[condition] === true && value === null)
        return [{ what: `${condition} is true without a ${name}`, mend: `Give ${name} one of its labels` }];
      if (label[condition] !== true && value !== null)
        return [{ what: `${name} is given though ${condition} is false`, mend: `Set ${name} to null` }];
    }
    if (field.kind === 'set' && field.contains !== undefined && Array.isArray(value)) {
      const main = label[field.contains];
      if (typeof main === 'string' && field.labels.includes(main))
        return value.includes(main)
          ? []
          : [{ what: `${name} lacks "${main}", the ${field.contains}`, mend: `Add "${main}" to ${name}` }];
      if (value.length > 0)
        return [
          {
            what: `${name} is not empty though ${field.contains} is ${JSON.stringify(main)}`,
            mend: `Empty ${name}, or change ${field.contains}`,
          },
        ];
    }
    return [];
  });
}
