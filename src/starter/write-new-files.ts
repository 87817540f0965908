import { closeSync, mkdirSync, openSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import type { StarterFile } from './starter-files.ts';

/**
 * Makes files, and the folders they need. Where one cannot be made, what was made before it is taken away again.
 *
 * @param then what else must succeed for the files to stay
 * @throws InputError where a file cannot be made, also because it is there by now: none is overwritten
 */
export function writeNewFiles(
  root: string,
  files: readonly StarterFile[],
  shown: (file: string) => string,
  then: () => void = () => {},
): void {
  const undo: (() => void)[] = [];
  let current = root;
  try {
    for (const file of files) {
      current = path.join(root, file.path);
      makeFolders(path.dirname(current), undo);
      makeFile(current, file.text, undo);
    }
    current = root;
    then();
  } catch (error) {
    for (const step of undo.toReversed()) step();
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    const what = code === 'EEXIST' ? 'is there already' : `cannot be written (${code})`;
    const mend = 'Check the folder and the disk, and try again; nothing was left behind';
    throw new InputError([{ file: shown(current), line: null, id: null, what, mend }]);
  }
}

function makeFolders(folder: string, undo: (() => void)[]): void {
  try {
    mkdirSync(folder);
    undo.push(() => removeEmpty(folder));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT') throw error;
    makeFolders(path.dirname(folder), undo);
    makeFolders(folder, undo);
  }
}

/** A folder in which somebody else has put something by now stays. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    return;
  }
}

/** `wx` neither overwrites nor follows a link. */
function makeFile(file: string, text: string, undo: (() => void)[]): void {
  const descriptor = openSync(file, 'wx');
  undo.push(() => rmSync(file, { force: true }));
  try {
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}
