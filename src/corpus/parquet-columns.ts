import { quote } from '../schema/check.ts';
import type { Mapping } from './mapping.ts';
import { CONTENT_KEYS, ROLE_KEYS } from './message-list.ts';
import { BODY_KEYS, ID_KEYS } from './read-record.ts';

/** A column of a table, its type as DuckDB writes it: `STRUCT("role" VARCHAR)[]`. */
export interface Column {
  name: string;
  type: string;
}

/** The columns that records are made of, with the SQL that selects each; null where none can hold a conversation. */
export function neededColumns(
  columns: readonly Column[],
  mapping: Mapping | null,
  also: readonly string[],
): { name: string; sql: string }[] | null {
  const bodies = mapping?.messages ? mapping.messages.slice(0, 1) : BODY_KEYS;
  const ids = mapping?.id ? mapping.id.slice(0, 1) : ID_KEYS;
  if (!columns.some(({ name }) => bodies.includes(name))) return null;
  return columns
    .filter(({ name }) => bodies.includes(name) || ids.includes(name) || also.includes(name))
    .map((column) => {
      const isWholeId =
        ids.includes(column.name) && !bodies.includes(column.name) && (mapping?.id?.length ?? 1) === 1;
      return { name: column.name, sql: textual(column, isWholeId) };
    });
}

/** Bytes become text, null where they are no UTF-8; an id becomes text, whatever its type. */
function textual({ name, type }: Column, isId: boolean): string {
  const value = `"${name.replaceAll('"', '""')}"`;
  if (type === 'BLOB') return `try(decode(${value}))`;
  return isId ? `${value}::varchar` : value;
}

/** What is wrong with a table that has no column for conversations. */
export function columnFault(
  columns: readonly Column[],
  mapping: Mapping | null,
): { what: string; mend: string } {
  const names = columns.slice(0, 20).map(({ name }) => quote(name));
  const has = `Its columns are ${names.join(', ')}`;
  if (mapping?.messages)
    return { what: `has no column ${quote(mapping.messages[0])}`, mend: `${has}: correct --map` };
  const holds = (keys: readonly string[]) => columns.some(({ name }) => keys.includes(name));
  if (holds(ROLE_KEYS) && holds(CONTENT_KEYS))
    return {
      what: 'has one message a row, which is read from CSV only',
      mend: 'Put the messages of a conversation into one row, as a list of role and content named messages',
    };
  return {
    what: 'has no column that is known to hold conversations',
    mend: `${has}: name one with --map messages=`,
  };
}
