import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { distance } from 'fastest-levenshtein';
import type Type from 'typebox';
import type { Problem } from '../errors/problem.ts';

/** Keys and 0-based indexes from the root to what is at fault; it ends with a key that is missing or too many. */
export type ValuePath = readonly (string | number)[];

/** One way in which a value breaks its schema, in the terms of `Problem`. */
export interface Violation {
  path: ValuePath;
  what: string;
  mend: string;
}

/** The parts of JSON Schema that sentences are made of. */
interface SchemaPart {
  type?: string;
  const?: unknown;
  anyOf?: SchemaPart[];
  properties?: Record<string, SchemaPart>;
  patternProperties?: Record<string, SchemaPart>;
  required?: string[];
  description?: string;
}

/** The schemas are the program's own and few values are checked: so no meta-schema, and no optimizing pass. */
const quick = { validateSchema: false, meta: false, code: { optimize: false } };
const ajv = new Ajv2020({ allErrors: true, verbose: true, ...quick });

/** Whether a value fits a schema; compiled at the first use, fast from then on. */
export function fits<S extends Type.TSchema>(schema: S, value: unknown): value is Type.Static<S> {
  return ajv.compile(schema)(value) === true;
}

/**
 * Every way in which a value breaks a schema; empty where it fits. Of a union only the branch that the value
 * means is spoken of: the one whose literal (`kind: floor`) or type it has.
 */
export function violationsOf(schema: Type.TSchema, value: unknown): Violation[] {
  const validate = ajv.compile(schema);
  return validate(value) === true ? [] : withoutEchoes(meantErrors(validate.errors ?? [])).map(violationOf);
}

/** A value that fits a schema, or null and a problem of the file as a whole for each violation. */
export function checkAgainst<S extends Type.TSchema>(
  schema: S,
  value: unknown,
  file: string,
): { value: Type.Static<S> | null; problems: Problem[] } {
  const problems = violationsOf(schema, value).map(({ what, mend }) => {
    return { file, line: null, id: null, what, mend };
  });
  return { value: fits(schema, value) ? value : null, problems };
}

/** `Did you mean "coaching"? Use one of …`: what to write instead of an unknown word. */
export function mendChoice(given: unknown, allowed: readonly string[]): string {
  const meant = typeof given === 'string' ? nearest(given, allowed) : null;
  const question = meant === null ? '' : `Did you mean ${quote(meant)}? `;
  if (allowed.length === 0) return 'Remove it';
  return `${question}Use ${allowed.length === 1 ? '' : 'one of '}${allowed.join(', ')}`;
}

/** The word that `given` is most likely a slip for: at most an edit per three letters; null where none is. */
export function nearest(given: string, words: Iterable<string>): string | null {
  const limit = Math.ceil(given.length / 3);
  const near = [...words]
    .filter((word) => Math.abs(word.length - given.length) <= limit)
    .map((word) => ({ word, edits: distance(given.toLowerCase(), word.toLowerCase()) }))
    .filter(({ edits }) => edits <= limit);
  return near.sort((a, b) => a.edits - b.edits)[0]?.word ?? null;
}

/** A value as JSON on one line, cut at 60 characters, without characters that steer a terminal. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' && value.length > 60 ? `${value.slice(0, 60)}…` : value;
  if (typeof text === 'object' && text !== null) return typeName(text);
  return (JSON.stringify(text) ?? String(text)).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/** Drops the errors of union branches that the value does not mean. */
function meantErrors(errors: readonly ErrorObject[]): ErrorObject[] {
  const unions = byPlace(errors.filter((error) => error.keyword === 'anyOf'));
  const isMeant = (error: ErrorObject) => (union: ErrorObject) => {
    const branch = meantBranch(union);
    if (error === union) return branch === -1;
    const branches = `${union.schemaPath}/`;
    return !error.schemaPath.startsWith(branches) || error.schemaPath.startsWith(`${branches}${branch}/`);
  };
  return errors.filter((error) =>
    error.instancePath
      .split('/')
      .flatMap((_, end, keys) => unions.get(keys.slice(0, end + 1).join('/')) ?? [])
      .every(isMeant(error)),
  );
}

function byPlace(errors: readonly ErrorObject[]): Map<string, ErrorObject[]> {
  return Map.groupBy(errors, ({ instancePath }) => instancePath);
}

/** Index of the branch whose discriminating literal, else whose type, the value has; -1 where none is. */
function meantBranch({ schema, data }: ErrorObject): number {
  const branches = schema as SchemaPart[];
  const key = discriminator(branches);
  if (key === null || !isObject(data))
    return branches.findIndex((branch) => literals(branch) === null && branch.type === typeOf(data));
  return branches.findIndex((branch) => literals(branch.properties?.[key])?.includes(data[key]));
}

/** The property that is a literal in every branch; null where there is none. */
function discriminator(branches: readonly SchemaPart[]): string | null {
  const keys = Object.keys(branches[0]?.properties ?? {});
  return keys.find((key) => branches.every((branch) => literals(branch.properties?.[key]) !== null)) ?? null;
}

/** What a literal, `null` or a union of these allows; null for any other schema. */
function literals(schema: SchemaPart | undefined): unknown[] | null {
  if (schema === undefined) return null;
  if ('const' in schema) return [schema.const];
  if (schema.type === 'null') return [null];
  const parts = schema.anyOf?.map(literals) ?? [null];
  return parts.some((part) => part === null) ? null : parts.flatMap((part) => part ?? []);
}

/** Drops what another error says better: the type of a constant, the right name of a misspelt property. */
function withoutEchoes(errors: readonly ErrorObject[]): ErrorObject[] {
  const places = byPlace(errors);
  return errors.filter(({ keyword, instancePath, params }) => {
    const others = places.get(instancePath) ?? [];
    if (keyword === 'type') return !others.some((other) => other.keyword === 'const');
    const isName = ({ keyword: other, params: { additionalProperty: extra } }: ErrorObject) =>
      other === 'additionalProperties' && nearest(extra, [params.missingProperty]) !== null;
    return keyword !== 'required' || !others.some(isName);
  });
}

function violationOf(error: ErrorObject): Violation {
  const path = pathOf(error.instancePath);
  const place = placeOf(path);
  const data: unknown = error.data;
  const schema = (error.parentSchema ?? {}) as SchemaPart;
  const { limit, property, missingProperty: missing, additionalProperty: extra } = error.params;
  const at = (what: string, mend: string, ...key: string[]) => ({ path: [...path, ...key], what, mend });
  switch (error.keyword) {
    case 'additionalProperties': {
      if (schema.patternProperties !== undefined)
        return at(`${quote(extra)} cannot be a name${within(path)}`, `Use ${schema.description}`, extra);
      const mend = mendChoice(extra, Object.keys(schema.properties ?? {}));
      return at(`unknown property ${quote(extra)}${within(path)}`, mend, extra);
    }
    case 'required':
      return at(`missing property "${missing}"${within(path)}`, `Add "${missing}"`, missing);
    case 'dependentRequired':
      return at(`"${property}" without "${missing}"${within(path)}`, `Add "${missing}" as well`);
    case 'type':
      return wrongType(path, data, [error.params.type]);
    case 'const':
    case 'enum':
      return unknownValue(path, data, error.params.allowedValues ?? [error.params.allowedValue]);
    case 'anyOf':
      return noBranch(path, data, error.schema as SchemaPart[]);
    case 'pattern':
      return at(`${place} is ${quote(data)}`, `Use ${schema.description ?? error.params.pattern}`);
    case 'minLength':
      return at(`${place} is empty`, 'Write some text');
    case 'minItems':
      return at(`${place} has too few items`, `List at least ${limit}`);
    case 'minProperties': {
      const choice = Object.keys(schema.properties ?? {}).filter((key) => !schema.required?.includes(key));
      if (choice.length === 0) return at(`${place} has too few entries`, `Write at least ${limit}`);
      return at(`${place} has none of ${choice.join(', ')}`, 'Add at least one of them');
    }
    case 'uniqueItems':
      return at(`${place} has ${quote(Object(data)[error.params.i])} twice`, 'Remove one of the two');
    default:
      return at(`${place} is ${quote(data)}`, `Write a number ${error.params.comparison} ${limit}`);
  }
}

function unknownValue(path: ValuePath, data: unknown, allowed: readonly unknown[]): Violation {
  const last = path.at(-1);
  const what = `unknown ${typeof last === 'string' ? last : 'value'} ${quote(data)}${within(path.slice(0, -1))}`;
  return { path, what, mend: mendChoice(data, allowed.map(String)) };
}

function wrongType(path: ValuePath, data: unknown, types: Iterable<string>): Violation {
  const wanted = [...types].map((type) => TYPE_NAMES[type] ?? type).join(' or ');
  return { path, what: `${placeOf(path)} is ${typeName(data)}, not ${wanted}`, mend: `Write ${wanted}` };
}

function noBranch(path: ValuePath, data: unknown, branches: SchemaPart[]): Violation {
  const allowed = literals({ anyOf: branches });
  if (allowed !== null) return unknownValue(path, data, allowed);
  const key = discriminator(branches);
  if (key === null || !isObject(data))
    return wrongType(path, data, new Set(branches.map(({ type = 'object' }) => type)));
  const choice = branches.flatMap((branch) => literals(branch.properties?.[key]) ?? []);
  if (Object.hasOwn(data, key)) return unknownValue([...path, key], data[key], choice);
  const what = `missing property "${key}"${within(path)}`;
  return { path: [...path, key], what, mend: `Add "${key}": one of ${choice.join(', ')}` };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

function typeName(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return TYPE_NAMES[typeOf(value)] ?? String(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeOf(value) === 'object';
}

function pathOf(pointer: string): ValuePath {
  const keys = pointer.split('/').slice(1);
  return keys.map((key) =>
    /^\d+$/.test(key) ? Number(key) : key.replaceAll('~1', '/').replaceAll('~0', '~'),
  );
}

/** `fields.primary.labels[0]`. */
function placeOf(path: ValuePath): string {
  if (path.length === 0) return 'the value';
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
}

function within(path: ValuePath): string {
  return path.length === 0 ? '' : ` in ${placeOf(path)}`;
}
