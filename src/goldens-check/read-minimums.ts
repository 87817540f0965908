import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../errors/problem.ts';
import { readFileBytes } from '../goldens/file-bytes.ts';
import { fits, mendChoice, quote, type ValuePath, violationsOf } from '../schema/check.ts';
import { Minimums } from '../schema/minimums.ts';
import { readText } from '../suite/source-text.ts';
import { readYaml } from '../suite/yaml.ts';
import { LENGTHS } from './length-class.ts';
import type { FieldTally } from './tally.ts';

/** Minimums that were stated, and where. */
export interface StatedMinimums {
  file: string;
  minimums: Minimums;
  /** 1-based line of a value's key. */
  line(path: ValuePath): number;
}

/**
 * Reads `<directory>/minimums.yaml`; null where there is none, or anything in it is wrong.
 *
 * @param tallies the fields and classes that there are
 */
export function readMinimums(
  directory: string,
  tallies: readonly FieldTally[],
  shown: (file: string) => string,
): { value: StatedMinimums | null; problems: Problem[] } {
  const place = path.join(directory, 'minimums.yaml');
  if (!existsSync(place)) return { value: null, problems: [] };
  const file = shown(place);
  const { value: bytes, problems: unread } = readFileBytes(place, file);
  if (bytes === null) return { value: null, problems: unread };
  const { value: source, problems: unreadable } = readText(bytes, file);
  if (source === null) return { value: null, problems: unreadable };
  const { value: yaml, problems } = readYaml(source.text, file);
  if (yaml === null) return { value: null, problems };
  const value = yaml.value ?? {};
  const wrong = [...violationsOf(Minimums, value), ...unknownNames(value, tallies)];
  problems.push(
    ...wrong.map(({ path: at, what, mend }) => ({ file, line: yaml.line(at), id: null, what, mend })),
  );
  if (problems.length > 0 || !fits(Minimums, value)) return { value: null, problems };
  return { value: { file, minimums: value, line: yaml.line }, problems };
}

/** Fields, classes and lengths that nothing can have. Languages and tags may be wished for that are not there yet. */
function unknownNames(value: unknown, tallies: readonly FieldTally[]) {
  if (!fits(Minimums, value)) return [];
  const unknown = (name: string, kind: string, allowed: readonly string[], at: string[]) =>
    allowed.includes(name)
      ? []
      : [{ path: at, what: `unknown ${kind} ${quote(name)}`, mend: mendChoice(name, allowed) }];
  const fieldNames = [...new Set(tallies.map(({ field }) => field))];
  const ofFields = Object.entries(value.fields ?? {}).flatMap(([name, least]) => {
    const fault = unknown(name, 'field', fieldNames, ['fields', name]);
    if (fault.length > 0 || typeof least === 'number') return fault;
    const classes = tallies.flatMap(({ field, classes: of }) => (field === name ? Object.keys(of) : []));
    return Object.keys(least).flatMap((each) => unknown(each, 'class', classes, ['fields', name, each]));
  });
  const lengths = typeof value.length === 'object' ? Object.keys(value.length) : [];
  return [...ofFields, ...lengths.flatMap((each) => unknown(each, 'length', LENGTHS, ['length', each]))];
}
