import type { PersonalKind } from './personal/personal-match.ts';

/** An error fails the check, a warning does under `--strict`, a note never does. */
export type Severity = 'error' | 'warning' | 'note';

/** Something that a golden file says wrongly. */
interface SchemaFinding {
  section: 'schema';
  severity: 'error';
  file: string;
  /** 1-based; null where the file as a whole is at fault. */
  line: number | null;
  id: string | null;
  what: string;
  mend: string;
}

/** Two conversations with the same text, or nearly. */
export interface DuplicateFinding {
  section: 'duplicates';
  severity: 'error' | 'warning';
  kind: 'identical' | 'near';
  /** The one that comes first in the file first. */
  ids: [string, string];
  sameFamily: boolean;
  /** Jaccard similarity of the shingles, from 0 to 1. */
  similarity: number;
  /** Where their labels differ: `affective.primary`, `sentiment.sentiment/opening`. */
  differ: string[];
  /** Only where text was asked for. */
  texts?: [string, string];
}

/** A golden that a prompt repeats. */
export interface LeakFinding {
  section: 'leaks';
  severity: 'error';
  /** `prompts/affective.md:42`. */
  where: string;
  id: string;
  /** Which message, from 0 on. */
  message: number;
  /** Share of the shorter text that the longer one holds, from 0 to 1. */
  contained: number;
  text?: string;
}

/** What there is less of than `minimums.yaml` asks for. */
export interface BalanceFinding {
  section: 'balance';
  severity: 'error';
  file: string;
  line: number;
  /** `affective.primary roleplay`, `lang en`. */
  of: string;
  count: number;
  minimum: number;
}

/** A cell of too few cases to say anything about. */
export interface ThinFinding {
  section: 'thin';
  severity: 'note';
  /** A class of a field, or a slice of its cases. */
  of: { kind: 'class'; name: string } | { kind: 'lang' | 'tag' | 'window'; name: string };
  /** `affective.primary`. */
  field: string;
  count: number;
}

/** Personal data in a message. */
export interface PersonalFinding {
  section: 'personal';
  severity: Severity;
  kind: PersonalKind;
  id: string;
  message: number;
  /** The first character and the length: `j… (16 characters)`. */
  masked: string;
  text?: string;
}

/** A key or password in a message, whose value is never kept. */
export interface SecretFinding {
  section: 'secrets';
  severity: 'error';
  kind: string;
  id: string;
  message: number;
}

export type Finding =
  | SchemaFinding
  | DuplicateFinding
  | LeakFinding
  | BalanceFinding
  | ThinFinding
  | PersonalFinding
  | SecretFinding;
export type Section = Finding['section'];
