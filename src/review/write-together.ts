import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors/errors.ts';

/** A file that is to be replaced as a whole. */
export interface FileChange {
  file: string;
  /** Its text when the change was made up; empty where there was no file. */
  before: string;
  after: string;
}

/** A file's text; empty where there is no such file. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

const MOVED = { what: 'changed while it was under review', mend: 'Start the review again' };

/**
 * Writes all files or none: each is written beside its place first, and moved there when all are. A link stays a link,
 * and a file keeps its mode.
 *
 * @throws InputError where a file is no longer what it was when the change was made up; nothing is written then
 */
export function writeTogether(
  changes: readonly FileChange[],
  shown: (file: string) => string,
  { what, mend } = MOVED,
): void {
  const moved = changes.filter(({ file, before }) => textOf(file) !== before);
  if (moved.length > 0)
    throw new InputError(moved.map(({ file }) => ({ file: shown(file), line: null, id: null, what, mend })));
  const staged = changes.map(({ file, after }) => {
    const { place, mode } = placeOf(file);
    return { place, mode, after, part: `${place}.${process.pid}.part` };
  });
  try {
    for (const { place, part, mode, after } of staged) {
      mkdirSync(path.dirname(place), { recursive: true });
      writeFileSync(part, after, { flag: 'wx', mode });
    }
    for (const { place, part } of staged) renameSync(part, place);
  } finally {
    for (const { part } of staged) rmSync(part, { force: true });
  }
}

function placeOf(file: string): { place: string; mode: number } {
  if (!existsSync(file)) return { place: file, mode: 0o644 };
  const place = realpathSync(file);
  return { place, mode: statSync(place).mode & 0o777 };
}
