import Type from 'typebox';
import type { Database } from './open-database.ts';

const ONE_COUNT = Type.Array(Type.Object({ count: Type.Number() }));

/**
 * Of conversations that share an id, all but the first by file and line.
 *
 * @param rows of the selecting suite
 * @param table for what is left out, quoted
 * @returns how many are left out, and the rows without them
 */
export async function countOnce(
  database: Database,
  rows: string,
  table: string,
): Promise<{ repeated: number; once: string }> {
  // Hashes take less room than ids: only the rows of the few ids that may come twice are looked at again.
  await database.run(`
    CREATE TABLE ${table} AS
    WITH twice AS (SELECT hash(conversation) AS key FROM ${rows} GROUP BY key HAVING count(*) > 1),
    ranked AS (
      SELECT filename, file_row_number,
        row_number() OVER (PARTITION BY conversation ORDER BY file, line, filename, file_row_number) AS place
      FROM ${rows} WHERE hash(conversation) IN (SELECT key FROM twice)
    )
    SELECT filename, file_row_number FROM ranked WHERE place > 1`);
  const query = `SELECT count(*) AS count FROM ${table}`;
  const [{ count: repeated } = { count: 0 }] = await database.rows(ONE_COUNT, query);
  return {
    repeated,
    once: repeated === 0 ? rows : `${rows} ANTI JOIN ${table} USING (filename, file_row_number)`,
  };
}
