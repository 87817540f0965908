import { closeSync, globSync, openSync, readdirSync, readSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import { FILE_NAMES, fileFormat, headFault } from './file-format.ts';

/** A file of a corpus that is there and begins as its name says. */
export interface CorpusFile {
  /** Absolute. */
  path: string;
  /** Relative to the working directory, as problems and positions name it. */
  shown: string;
  /** On disk, so compressed where the file is. */
  bytes: number;
}

/**
 * The files that a path names, sorted by it: one file; the corpus files of a folder, whatever its depth; or those
 * that match a glob. In a folder, other files are passed over, and so is what begins with `.` or `_`: by custom
 * that is no data. So is CSV, which may be anything: it must be named, or match a glob.
 *
 * @throws InputError when there is none, or one cannot be read, is of another kind or does not begin as its name
 * says; names every such file
 */
export function findCorpusFiles(pattern: string, cwd: string): CorpusFile[] {
  const found = sortedPaths(pattern, cwd);
  const problems: Problem[] = [];
  const files: CorpusFile[] = [];
  for (const file of found) {
    const shown = path.relative(cwd, file);
    const stats = statOf(file);
    const fault = faultOf(file, stats);
    if (fault !== null) problems.push({ file: shown, line: null, id: null, ...fault });
    else files.push({ path: file, shown, bytes: stats?.size ?? 0 });
  }
  if (problems.length > 0) throw new InputError(problems);
  return files;
}

function sortedPaths(pattern: string, cwd: string): string[] {
  const place = path.resolve(cwd, pattern);
  const stats = statOf(place);
  let files: string[];
  try {
    if (stats === null) files = matches(pattern, cwd);
    else files = stats.isDirectory() ? filesUnder(place) : [place];
  } catch (error) {
    throw inputError(pattern, `cannot be read (${codeOf(error)})`, 'Check the path and its rights');
  }
  if (files.length > 0) return files.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  throw stats === null
    ? inputError(pattern, 'there is no such file or folder, and nothing matches it', 'Correct the path')
    : inputError(pattern, 'the folder has no corpus files', `Put files there that end in ${FILE_NAMES}`);
}

/** What a glob matches, but for folders. */
function matches(pattern: string, cwd: string): string[] {
  const found = globSync(pattern, { cwd }).map((match) => path.resolve(cwd, match));
  return [...new Set(found)].filter((match) => statOf(match)?.isDirectory() !== true);
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (/^[._]/.test(entry.name)) return [];
    if (entry.isDirectory()) return filesUnder(place);
    const format = fileFormat(entry.name);
    return format !== null && format !== 'csv' && statOf(place)?.isDirectory() !== true ? [place] : [];
  });
}

function faultOf(file: string, stats: Stats | null): { what: string; mend: string } | null {
  const format = fileFormat(file);
  if (format === null) {
    const mend = /\.json$/i.test(file)
      ? 'Write it as JSON Lines, a record a line: jq -c ".[]" corpus.json > corpus.jsonl'
      : `Give files that end in ${FILE_NAMES}, or in .csv`;
    return { what: 'is of a kind that is not read', mend };
  }
  if (stats === null) return { what: 'there is no such file', mend: 'Mend the link' };
  if (!stats.isFile()) return { what: 'is not a regular file', mend: 'Save the records in a file' };
  try {
    return headFault(format, headOf(file));
  } catch (error) {
    return { what: `cannot be read (${codeOf(error)})`, mend: 'Check its rights and the disk' };
  }
}

/** The first four bytes, or as many as there are. */
function headOf(file: string): Uint8Array {
  const handle = openSync(file, 'r');
  try {
    const head = new Uint8Array(4);
    return head.subarray(0, readSync(handle, head, 0, 4, 0));
  } finally {
    closeSync(handle);
  }
}

/** Of the file that a link leads to; null where there is none. */
function statOf(file: string): Stats | null {
  try {
    return statSync(file);
  } catch {
    return null;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

function inputError(file: string, what: string, mend: string): InputError {
  return new InputError([{ file, line: null, id: null, what, mend }]);
}
