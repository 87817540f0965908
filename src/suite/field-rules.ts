import { mendChoice, quote, type ValuePath, type Violation } from '../schema/check.ts';
import type { Field } from '../schema/field.ts';
import { RESERVED_NAMES } from '../schema/label.ts';
import { isDerived } from '../task/task.ts';

/**
 * What fields must hold beyond their schema: names that a label line does not use itself, references to
 * fields of the right kind and to labels that exist, ordinal values that rise.
 *
 * @param names of every field, faulty ones included
 * @param fields the sound ones
 */
export function fieldViolations(names: readonly string[], fields: ReadonlyMap<string, Field>): Violation[] {
  const reserved = names
    .filter((name) => RESERVED_NAMES.includes(name))
    .map((name) => ({
      path: ['fields', name],
      what: `a field cannot be called ${quote(name)}: label lines use the name themselves`,
      mend: 'Use another name',
    }));
  return [
    ...reserved,
    ...[...fields].flatMap(([name, field]) => violationsOfField(name, field, names, fields)),
  ];
}

function violationsOfField(
  name: string,
  field: Field,
  names: readonly string[],
  fields: ReadonlyMap<string, Field>,
): Violation[] {
  const refer = (key: string, to: string | undefined, isFit: (field: Field) => boolean, wanted: string) =>
    to === undefined ? [] : reference(['fields', name, key], to, names, fields, isFit, wanted);
  switch (field.kind) {
    case 'nominal':
      return refer('only_where', field.only_where, isAskedBinary, 'a binary field without from');
    case 'set':
      return refer('contains', field.contains, isNominal, 'a nominal field');
    case 'binary':
      return [
        ...refer('from', field.from, isNominal, 'a nominal field'),
        ...unknownLabels(name, field.true_for ?? [], fields.get(field.from ?? '')),
      ];
    case 'ordinal':
      return levelsOutOfOrder(name, field.levels);
  }
}

function isNominal(field: Field): boolean {
  return field.kind === 'nominal';
}

function isAskedBinary(field: Field): boolean {
  return field.kind === 'binary' && !isDerived(field);
}

function reference(
  path: ValuePath,
  to: string,
  names: readonly string[],
  fields: ReadonlyMap<string, Field>,
  isFit: (field: Field) => boolean,
  wanted: string,
): Violation[] {
  const candidates = [...fields].filter(([, field]) => isFit(field)).map(([name]) => name);
  const target = fields.get(to);
  const mend =
    candidates.length === 0 ? `Add ${wanted}, or remove ${path.at(-1)}` : mendChoice(to, candidates);
  const where = path.join('.');
  if (!names.includes(to)) return [{ path, what: `unknown field ${quote(to)} in ${where}`, mend }];
  if (target === undefined || isFit(target)) return [];
  return [{ path, what: `${where} is ${quote(to)}, which is not ${wanted}`, mend }];
}

function unknownLabels(name: string, labels: readonly string[], source: Field | undefined): Violation[] {
  if (source?.kind !== 'nominal') return [];
  return labels.flatMap((label, index) =>
    source.labels.includes(label)
      ? []
      : [
          {
            path: ['fields', name, 'true_for', index],
            what: `unknown label ${quote(label)} in fields.${name}.true_for`,
            mend: mendChoice(label, source.labels),
          },
        ],
  );
}

function levelsOutOfOrder(name: string, levels: Readonly<Record<string, number>>): Violation[] {
  const entries = Object.entries(levels);
  const index = entries.findIndex(([, value], at) => at > 0 && value <= (entries[at - 1]?.[1] ?? value));
  const [level = '', value] = entries[index] ?? [];
  if (index === -1) return [];
  return [
    {
      path: ['fields', name, 'levels', level],
      what: `fields.${name}.levels.${level} is ${value}, no more than the level before it`,
      mend: 'List the levels from lowest to highest',
    },
  ];
}
