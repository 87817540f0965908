import path from 'node:path';
import type { DuckDBValue } from '@duckdb/node-api';
import type { Database } from './open-database.ts';
import type { Column } from './result-columns.ts';
import { partName } from './result-files.ts';
import { sqlName, sqlText } from './sql-text.ts';

/** As many as a chunk of DuckDB holds. */
const CHUNK_ROWS = 2048;
/** Two row groups of a Parquet file. */
const PART_ROWS = 120 * CHUNK_ROWS;

/** Writes rows of one kind to Parquet files of some 250,000 rows each, in their order. */
export interface PartWriter<Row> {
  append(rows: readonly Row[]): Promise<void>;
  /** Writes what is left; a file without rows where there were none, so that a reader finds its columns. */
  finish(): Promise<void>;
}

/** @param table a name in the database that no other writer has */
export async function openPartWriter<Row>(
  database: Database,
  { suite, folder, columns, table }: { suite: string; folder: string; columns: Column<Row>[]; table: string },
): Promise<PartWriter<Row>> {
  const definitions = columns.map(({ name, type }) => `${sqlName(name)} ${type}`).join(', ');
  const newPart = async () => {
    await database.run(`CREATE OR REPLACE TABLE ${table} (${definitions})`);
    return { ...(await database.appender(table)), rows: 0 };
  };
  let part = await newPart();
  let parts = 0;
  let pending: Row[] = [];

  const appendPending = () => {
    part.chunk.reset();
    part.chunk.setColumns(columns.map(({ value }) => pending.map((row) => duckValue(value(row)))));
    part.appender.appendDataChunk(part.chunk);
    part.rows += pending.length;
    pending = [];
  };
  const duckValue = (value: ReturnType<Column<Row>['value']>): DuckDBValue =>
    Array.isArray(value) ? database.list(value) : value;
  const writePart = async () => {
    parts += 1;
    part.appender.closeSync();
    const file = path.join(folder, partName(suite, parts));
    await database.run(`COPY ${table} TO ${sqlText(file)} (FORMAT parquet, COMPRESSION zstd)`);
  };

  return {
    async append(rows) {
      for (const row of rows) {
        pending.push(row);
        if (pending.length < CHUNK_ROWS) continue;
        appendPending();
        if (part.rows < PART_ROWS) continue;
        await writePart();
        part = await newPart();
      }
    },
    async finish() {
      if (pending.length > 0) appendPending();
      if (part.rows > 0 || parts === 0) await writePart();
      else part.appender.closeSync();
    },
  };
}
