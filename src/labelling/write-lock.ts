import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Keeps processes from writing the same files at once. */
export interface WriteLock {
  /** Does `work` while no other holder of the lock does; waits up to ten seconds for one. */
  hold<T>(work: () => T): T;
  close(): void;
}

/**
 * A lock that the system itself lets go of when its holder dies: the write lock of an SQLite file, in which nothing
 * is ever written. So there is no stale lock, however a process ends.
 */
export function openWriteLock(file: string): WriteLock {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(file, { timeout: 10_000 });
  chmodSync(file, 0o600);
  return {
    hold(work) {
      database.exec('BEGIN IMMEDIATE');
      try {
        return work();
      } finally {
        database.exec('ROLLBACK');
      }
    },
    close() {
      database.close();
    },
  };
}
