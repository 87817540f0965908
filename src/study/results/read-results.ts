import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { type Database, openDatabase } from './open-database.ts';

/** Of the tables of a few million conversations; more is spilled. */
const MEMORY = '256MB';

/** Opens a database for reading results, which spills into the folder, and tidies up after the work. */
export async function readingResults<T>(
  folder: string,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const spill = path.resolve(folder, `.spill-${randomUUID()}`);
  const database = await openDatabase({ memory: MEMORY, spill, isOrdered: false });
  try {
    return await work(database);
  } finally {
    database.close();
    rmSync(spill, { recursive: true, force: true });
  }
}
