import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { IncompleteRunError } from '../../errors/errors.ts';

/**
 * Keeps other processes from writing their results into a folder. The lock is the operating system's, on an empty
 * SQLite file: it goes with the process that holds it, however that ends. The file stays: were it removed, two
 * processes might hold a lock of that name.
 *
 * @param shown the folder as shown to the user
 * @returns gives it free again
 * @throws IncompleteRunError when another process has it
 */
export function lockFolder(folder: string, shown: string): () => void {
  const lock = new DatabaseSync(path.join(folder, '.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new IncompleteRunError(
      `${shown} is being written by another run`,
      'Wait until that one has ended, or give another folder with --out',
    );
  }
  return () => lock.close();
}

/** SQLITE_BUSY, of https://www.sqlite.org/rescode.html. */
const BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === BUSY;
}
