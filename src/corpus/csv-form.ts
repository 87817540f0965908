import { quote } from '../schema/check.ts';
import type { Mapping } from './mapping.ts';
import { CONTENT_KEYS, ROLE_KEYS } from './message-list.ts';
import { BODY_KEYS, ID_KEYS } from './read-record.ts';

/**
 * How a table holds conversations: each in a cell; or each in rows that share an id, which become a list under the key
 * `list`.
 */
export type Form = { kind: 'cell' } | { kind: 'rows'; id: string; list: string };

/** The form of a table with these columns, rows first where both would do; null where none would. */
export function csvForm(names: readonly string[], mapping: Mapping | null): Form | null {
  const has = (wanted: readonly string[]) => names.find((name) => wanted.includes(name)) ?? null;
  if (new Set(names).size < names.length) return null;
  const id = has(mapping?.id ?? ID_KEYS);
  const isRows = has(mapping?.role ?? ROLE_KEYS) !== null && has(mapping?.content ?? CONTENT_KEYS) !== null;
  if (!mapping?.messages && isRows)
    return id === null ? null : { kind: 'rows', id, list: BODY_KEYS[0] ?? '' };
  return has(mapping?.messages ?? BODY_KEYS) === null ? null : { kind: 'cell' };
}

/** What a table lacks whose form is not known. */
export function missingColumns(names: readonly string[], mapping: Mapping | null): string {
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) return `has the column ${quote(twice)} twice`;
  const has = names.slice(0, 20).map((name) => quote(name));
  const wanted = mapping?.messages
    ? `column ${quote(mapping.messages[0])}`
    : 'column of conversations, nor columns of id, role and content (--map names them)';
  return `has no ${wanted}; it has ${has.join(', ')}`;
}
