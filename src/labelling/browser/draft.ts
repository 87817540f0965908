import type { Value } from '../../schema/run-record.ts';
import type { FieldView } from '../page-data.ts';

/** What an annotator chose so far, by field; absent where nothing. */
export type Draft = Record<string, Value>;

/** What a draft amounts to. */
export interface ReadDraft {
  /** A value for every field that has one by now. */
  label: Record<string, Value>;
  /** Fields that still need a choice, in their order. */
  missing: string[];
  /** Fields that do not apply as things stand: their value follows from another's. */
  idle: string[];
  /** Values of a set that another field puts there, by field. */
  held: Record<string, string[]>;
}

/**
 * Makes a label of a draft, so that its fields cannot contradict each other: a field that does not apply is null or
 * empty, and a set holds what it must. Runs in the page: it stands alone.
 */
export function readDraft(fields: readonly FieldView[], draft: Draft): ReadDraft {
  const read: ReadDraft = { label: {}, missing: [], idle: [], held: {} };
  for (const { name, kind, onlyWhere } of fields) {
    if (kind !== 'one') continue;
    const value = draft[name];
    if (onlyWhere !== null && draft[onlyWhere] !== true) {
      read.idle.push(name);
      if (draft[onlyWhere] !== undefined) read.label[name] = null;
    } else if (value === undefined || value === null) read.missing.push(name);
    else read.label[name] = value;
  }
  for (const { name, kind, contains, options } of fields) {
    if (kind !== 'any') continue;
    const chosen = draft[name];
    const values = Array.isArray(chosen) ? chosen : [];
    const main = contains === null ? undefined : read.label[contains];
    const texts = options.map(({ text }) => text);
    if (contains !== null && (typeof main !== 'string' || !texts.includes(main))) {
      read.idle.push(name);
      read.label[name] = [];
      continue;
    }
    const held = typeof main === 'string' ? [main] : [];
    read.held[name] = held;
    read.label[name] = texts.filter((text) => held.includes(text) || values.includes(text));
  }
  return read;
}
