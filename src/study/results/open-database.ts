import type { DuckDBAppender, DuckDBConnection, DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api';
import type Type from 'typebox';
import { IncompleteRunError } from '../../errors/errors.ts';
import { fits } from '../../schema/check.ts';

/** A DuckDB in memory that spills to disk where its memory ends. One statement at a time. */
export interface Database {
  run(sql: string, values?: Readonly<Record<string, DuckDBValue>>): Promise<void>;
  /**
   * Rows of a query, each checked against a schema; counts are numbers, lists arrays.
   *
   * @param rows schema of all rows together
   */
  rows<Row extends Type.TSchema>(
    rows: Type.TArray<Row>,
    sql: string,
    values?: Readonly<Record<string, DuckDBValue>>,
  ): Promise<Type.Static<Row>[]>;
  /** Names and types of a query's columns, as DuckDB writes them: `VARCHAR[]`. */
  columns(sql: string): Promise<{ name: string; type: string }[]>;
  /** For writing many rows to a table: chunks of them that are filled column by column. */
  appender(table: string): Promise<{ appender: DuckDBAppender; chunk: DuckDBDataChunk }>;
  list(items: readonly string[]): DuckDBValue;
  close(): void;
}

/** Nothing is ever fetched; two threads, since the rest of the machine is for the asking. */
const SETTINGS = {
  threads: '2',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
};

/**
 * Opens DuckDB, which is loaded here and not before. Its methods throw an IncompleteRunError where the disk or the
 * memory ends, or a file is damaged.
 *
 * @param memory for its tables and buffers, as DuckDB writes it: `256MB`
 * @param spill folder for what does not fit; made when needed, and not removed
 * @param isOrdered whether rows keep their order where none is asked for, which takes memory
 */
export async function openDatabase({
  memory,
  spill,
  isOrdered,
}: {
  memory: string;
  spill: string;
  isOrdered: boolean;
}): Promise<Database> {
  const { DuckDBDataChunk, DuckDBInstance, listValue } = await import('@duckdb/node-api');
  const settings = {
    ...SETTINGS,
    memory_limit: memory,
    temp_directory: spill,
    preserve_insertion_order: String(isOrdered),
  };
  const instance = await DuckDBInstance.create(':memory:', settings);
  const connection = await instance.connect();
  const query = (sql: string, values?: Readonly<Record<string, DuckDBValue>>) =>
    finished(() => connection.runAndReadAll(sql, values));
  return {
    async run(sql, values) {
      await query(sql, values);
    },
    async rows(schema, sql, values) {
      const rows = (await query(sql, values)).getRowObjectsJS().map(withNumbers);
      if (!fits(schema, rows)) throw new Error(`a query gives other rows than it should: ${sql}`);
      return rows;
    },
    async columns(sql) {
      const reader = await query(sql);
      return reader.columnNames().map((name, index) => ({ name, type: String(reader.columnType(index)) }));
    },
    async appender(table) {
      const appender = await connection.createAppender(table);
      const types = Array.from({ length: appender.columnCount }, (_, index) => appender.columnType(index));
      return { appender, chunk: DuckDBDataChunk.create(types) };
    },
    list: (items) => listValue(items),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function finished(work: () => ReturnType<DuckDBConnection['runAndReadAll']>) {
  try {
    return await work();
  } catch (error) {
    const [line] = String(error instanceof Error ? error.message : error).split('\n');
    throw new IncompleteRunError(
      `the study's results could not be worked on: ${line}`,
      'Make room on the disk and try again; where a file of the results is damaged, run the study again',
    );
  }
}

/** Counts are 64 bits wide in DuckDB; none here comes near 2⁵³. */
function withNumbers(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
  );
}
