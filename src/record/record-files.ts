import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import { checkAgainst } from '../schema/check.ts';
import { RUN_RECORD_VERSION, RunRecord } from '../schema/run-record.ts';

/** Text of a run record as it is kept and printed: one line, so that several make JSON Lines. */
export function recordText(record: RunRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** Writes a run record under `directory`, whole or not at all, and gives its path. Readable by its owner alone. */
export function writeRecord(directory: string, record: RunRecord): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = path.join(directory, `${fileStamp(record.started_at)}-${record.suite.name}.json`);
  const unfinished = `${file}.${process.pid}.part`;
  writeFileSync(unfinished, recordText(record), { mode: 0o600 });
  renameSync(unfinished, file);
  return file;
}

/** Run records of a suite, the newest first. */
export function listRecords(directory: string, suite: string): string[] {
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch {
    return [];
  }
  return names
    .filter((name) => /^\d{8}T\d{9}Z-/.test(name) && name.slice(20) === `${suite}.json`)
    .sort()
    .reverse()
    .map((name) => path.join(directory, name));
}

/** Reads a run record; a file that is none, or of a newer version, is an InputError. */
export function readRecord(file: string, shownAs: string): RunRecord {
  const refuse = (what: string, mend: string) =>
    new InputError([{ file: shownAs, line: null, id: null, what, mend }]);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw refuse('cannot be read as a run record', 'Give the path that a run printed');
  }
  const version: unknown =
    typeof content === 'object' && content !== null ? Reflect.get(content, 'version') : null;
  if (typeof version === 'number' && version > RUN_RECORD_VERSION) {
    throw refuse(`is of version ${version}, this is version ${RUN_RECORD_VERSION}`, 'Update touchstone');
  }
  const { value, problems } = checkAgainst(RunRecord, content, shownAs);
  if (value === null) throw new InputError(problems);
  return value;
}

/** `2026-11-22T21:40:05.123Z` as `20261122T214005123Z`: sorts by time and suits every file system. */
function fileStamp(isoTime: string): string {
  return isoTime.replaceAll(/[-:.]/g, '');
}
