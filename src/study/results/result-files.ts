import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../../errors/errors.ts';

const FINISHED = 'results';
/** Of a run that has not ended. */
const UNFINISHED = 'results.part';
/** Of the run before, while the new ones take their place. */
const EARLIER = 'results.old';

/** The n-th file (from 1) of a suite: `affective-00001.parquet`. */
export function partName(suite: string, number: number): string {
  return `${suite}-${String(number).padStart(5, '0')}.parquet`;
}

/** An empty folder for the files of a run; what a killed one has left there is removed. */
export function beginResults(folder: string): string {
  const unfinished = path.join(folder, UNFINISHED);
  const finished = path.join(folder, FINISHED);
  const earlier = path.join(folder, EARLIER);
  if (!existsSync(finished) && existsSync(earlier)) renameSync(earlier, finished);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  return path.resolve(unfinished);
}

/** Puts the files of a finished run in the place of the earlier ones: at every moment one of the two is whole. */
export function replaceResults(folder: string): void {
  const finished = path.join(folder, FINISHED);
  const earlier = path.join(folder, EARLIER);
  rmSync(earlier, { recursive: true, force: true });
  if (existsSync(finished)) renameSync(finished, earlier);
  renameSync(path.join(folder, UNFINISHED), finished);
  rmSync(earlier, { recursive: true, force: true });
}

export function removeUnfinished(folder: string): void {
  rmSync(path.join(folder, UNFINISHED), { recursive: true, force: true });
}

/**
 * The files of a suite, in the order of writing, absolute.
 *
 * @throws InputError when the folder has none
 */
export function resultFiles(folder: string, suite: string): string[] {
  const finished = [FINISHED, EARLIER].map((name) => path.resolve(folder, name)).find(existsSync);
  const names = finished === undefined ? [] : readdirSync(finished);
  const files = names
    .filter((name) => name.startsWith(`${suite}-`) && PART_NUMBER.test(name.slice(suite.length)))
    .sort()
    .map((name) => path.join(finished ?? folder, name));
  if (files.length > 0) return files;
  const what =
    finished === undefined ? 'has no results of a study' : `has no results of the suite "${suite}"`;
  throw new InputError([{ file: folder, line: null, id: null, what, mend: 'Run the study first' }]);
}

const PART_NUMBER = /^-\d{5}\.parquet$/;
