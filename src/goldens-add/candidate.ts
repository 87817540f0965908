import type { Mapping } from '../corpus/mapping.ts';
import type { RawRecord } from '../corpus/raw-record.ts';
import { bodyOf, givenValue, ownIdOf, UNKNOWN_FORM } from '../corpus/read-record.ts';
import type { Problem } from '../errors/problem.ts';
import { fits } from '../schema/check.ts';
import { Conversation, type Message } from '../schema/conversation.ts';
import { exactMessages } from './exact-messages.ts';

/** A record that can become a golden: its text, and what it says of itself. */
export interface Candidate {
  /** As shown to the user. */
  file: string;
  /** 1-based line, row or place in a list. */
  line: number;
  /** What the record calls itself; null where it does not. It is never taken over, for it may identify a person. */
  ownId: string | null;
  /** Null where the record has none that fits the goldens' schema. */
  lang: string | null;
  /** As the record has it, whether it fits or not: what shares it belongs together. */
  family: string | null;
  tags: string[];
  messages: Message[];
  leftOut: number;
  merged: number;
  /** The facts of the record that do not fit the schema: `lang`, `tags`. */
  unfit: string[];
}

/** Where records say something of themselves. */
export const FACT_KEYS: readonly string[] = ['lang', 'language', 'family', 'tags'];

const { lang: LanguageTag, tags: Tags } = Conversation.properties;

/**
 * Reads a record. Facts that do not fit the goldens' schema (`English` for a language) are left out and named.
 *
 * @param file as shown to the user
 */
export function candidateOf(
  raw: RawRecord,
  file: string,
  mapping: Mapping | null,
  options: { mergeTurns: boolean },
): { kind: 'candidate'; candidate: Candidate } | { kind: 'problem'; problem: Problem } {
  const { line } = raw;
  const bad = (what: string, mend: string) => {
    return { kind: 'problem' as const, problem: { file, line, id: null, what, mend } };
  };
  const given = givenValue(raw);
  if (given.kind === 'fault') return bad(given.what, 'Correct the record, or leave it out with --skip-bad');
  const record = given.value;
  const body = bodyOf(record, mapping);
  if (body === null) return bad(UNKNOWN_FORM, 'Name where it stands with --map messages=');
  const read = exactMessages(body, mapping, options);
  if (read.kind === 'fault') return bad(read.what, read.mend);
  const { messages, leftOut, merged } = read;
  const ownId = ownIdOf(record, mapping);
  const lang = factOf(record, 'lang') ?? factOf(record, 'language');
  const family = factOf(record, 'family');
  const tags = tagsOf(factOf(record, 'tags'));
  const unfit = [
    ...(lang !== null && !fits(LanguageTag, lang) ? ['lang'] : []),
    ...(tags !== null && !fits(Tags, tags) ? ['tags'] : []),
  ];
  return {
    kind: 'candidate',
    candidate: {
      file,
      line,
      ownId: ownId === undefined ? null : String(ownId),
      lang: fits(LanguageTag, lang) ? lang : null,
      family: typeof family === 'string' || typeof family === 'number' ? String(family) : null,
      tags: fits(Tags, tags) ? tags : [],
      messages,
      leftOut,
      merged,
      unfit,
    },
  };
}

/** Null where the record says nothing, as an empty cell does. */
function factOf(record: unknown, key: string): unknown {
  if (typeof record !== 'object' || record === null || !Object.hasOwn(record, key)) return null;
  const value: unknown = Reflect.get(record, key);
  return value === undefined || value === '' ? null : value;
}

/** A list as it is; of a table's cell, its words. */
function tagsOf(value: unknown): unknown {
  return typeof value === 'string' ? value.split(/[\s,;|]+/).filter((tag) => tag !== '') : value;
}
