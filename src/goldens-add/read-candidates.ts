import path from 'node:path';
import { findCorpusFiles } from '../corpus/find-files.ts';
import type { Mapping } from '../corpus/mapping.ts';
import { mappingFor, openFiles } from '../corpus/open-files.ts';
import type { RawRecord } from '../corpus/raw-record.ts';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { readFileBytes } from '../goldens/file-bytes.ts';
import { type Candidate, candidateOf, FACT_KEYS } from './candidate.ts';

export interface CandidateOptions {
  cwd: string;
  mapping: Mapping | null;
  mergeTurns: boolean;
  /** Records to read at most; null for all. */
  limit: number | null;
}

/**
 * Reads the records of files in their order: those that can be goldens, and a problem for each of the others.
 *
 * @throws InputError when a file cannot be read at all
 */
export async function readCandidates(
  names: readonly string[],
  { cwd, mapping, mergeTurns, limit }: CandidateOptions,
): Promise<{ candidates: Candidate[]; problems: Problem[] }> {
  const candidates: Candidate[] = [];
  const problems: Problem[] = [];
  let left = limit ?? Number.POSITIVE_INFINITY;
  for await (const { raw, shown, mapping: own } of recordsOf(names, cwd, mapping)) {
    if (left === 0) break;
    left -= 1;
    const read = candidateOf(raw, shown, own, { mergeTurns });
    if (read.kind === 'candidate') candidates.push(read.candidate);
    else problems.push(read.problem);
  }
  return { candidates, problems };
}

interface Source {
  raw: RawRecord;
  /** The file as shown to the user. */
  shown: string;
  mapping: Mapping | null;
}

async function* recordsOf(
  names: readonly string[],
  cwd: string,
  mapping: Mapping | null,
): AsyncGenerator<Source> {
  const lists = names.filter((name) => /\.json$/i.test(name));
  const files = names.filter((name) => !lists.includes(name)).flatMap((name) => findCorpusFiles(name, cwd));
  const reader = await openFiles(files, mapping, FACT_KEYS);
  try {
    for (const file of files)
      for await (const some of reader.records(file))
        for (const raw of some) yield { raw, shown: file.shown, mapping: mappingFor(file, mapping) };
  } finally {
    reader.close();
  }
  for (const name of lists) {
    const shown = path.relative(cwd, path.resolve(cwd, name));
    for (const raw of jsonRecords(path.resolve(cwd, name), shown)) yield { raw, shown, mapping };
  }
}

/** The records of a JSON file: its list's, or itself the only one. `line` is a record's place in the list. */
function jsonRecords(file: string, shown: string): RawRecord[] {
  const { value: bytes, problems } = readFileBytes(file, shown);
  if (bytes === null) throw new InputError(problems);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const what = error instanceof TypeError ? 'is not UTF-8' : 'is not JSON';
    throw new InputError([{ file: shown, line: null, id: null, what, mend: 'Save it as JSON, in UTF-8' }]);
  }
  const isMessage = (each: unknown) =>
    typeof each === 'object' && each !== null && ('role' in each || 'from' in each);
  const records = Array.isArray(value) && !isMessage(value[0]) ? value : [value];
  return records.map((record: unknown, index) => ({ kind: 'value', line: index + 1, value: record }));
}
