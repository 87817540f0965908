import type { CorpusFile } from '../corpus/find-files.ts';
import type { Mapping } from '../corpus/mapping.ts';
import type { Problem } from '../errors/problem.ts';
import type { AskedStudy } from './ask-conversation.ts';
import type { LookedUpBatch } from './look-up.ts';

/** What the thread that looks answers up has to know; `workerData` of its worker. */
export interface LookUpPlan {
  study: AskedStudy;
  files: readonly CorpusFile[];
  mapping: Mapping | null;
  limit: number | null;
  /** The store's file. */
  store: string;
  /** As answers are kept under it: id and revision. */
  model: string;
}

/** From that thread. A fault that a person can mend comes as its parts, since a class does not cross threads. */
export type FromLookUp =
  | { kind: 'batch'; batch: LookedUpBatch }
  | { kind: 'end' }
  | { kind: 'input'; problems: readonly Problem[] }
  | { kind: 'incomplete'; what: string; mend: string };

/** To it: a batch was taken, so another one may be read. */
export type ToLookUp = 'taken';

/** Batches that are read ahead of the one that is worked on. */
export const BATCHES_AHEAD = 4;
