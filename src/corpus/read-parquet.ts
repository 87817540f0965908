import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';
import { InputError } from '../errors/errors.ts';
import type { Problem } from '../errors/problem.ts';
import type { CorpusFile } from './find-files.ts';
import type { Mapping } from './mapping.ts';
import { type Column, columnFault, neededColumns } from './parquet-columns.ts';
import type { RawRecord } from './raw-record.ts';

type DuckDb = typeof import('@duckdb/node-api');

/** Parquet files whose columns are known to do. */
export interface ParquetReader {
  /** The rows of a file in their order, some at a time; a fault where it cannot be read further. */
  rows(file: CorpusFile): AsyncGenerator<RawRecord[]>;
  close(): void;
}

/** One thread, so that rows come in their order; no extension is fetched; memory is given back at once. */
const SETTINGS = {
  threads: '1',
  temp_directory: '',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  enable_external_file_cache: 'false',
  allocator_flush_threshold: '1MB',
  allocator_bulk_deallocation_flush_threshold: '1MB',
};

/** DuckDB reads ahead by this much, not counting the texts; so by one vector of rows. */
const READ_AHEAD = "set streaming_buffer_size = '1KB'";

const SCAN = 'read_parquet($1, hive_partitioning = false)';

/** Rows turned to values at a time: a row may be large. */
const ROWS_AT_ONCE = 64;

/**
 * Opens Parquet files with DuckDB, which is loaded here and not before. Memory grows with the size of 2,048 rows
 * and of a page, as the file's writer chose it, not with their number.
 *
 * @param also further columns to read where a file has them
 * @throws InputError when a file is damaged, or has no column that can hold conversations; names them all
 */
export async function openParquet(
  files: readonly CorpusFile[],
  mapping: Mapping | null,
  also: readonly string[] = [],
): Promise<ParquetReader> {
  const duckDb = await import('@duckdb/node-api');
  const instance = await duckDb.DuckDBInstance.create(':memory:', SETTINGS);
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  await connection.run(READ_AHEAD);
  const selections = new Map<string, { name: string; sql: string }[]>();
  const problems: Problem[] = [];
  for (const file of files) {
    const columns = await columnsOf(connection, file);
    const needed = columns === null ? null : neededColumns(columns, mapping, also);
    if (needed !== null) selections.set(file.path, needed);
    else {
      const fault = columns === null ? DAMAGED : columnFault(columns, mapping);
      problems.push({ file: file.shown, line: null, id: null, ...fault });
    }
  }
  if (problems.length > 0) {
    close();
    throw new InputError(problems);
  }
  return {
    async *rows(file) {
      const selection = selections.get(file.path) ?? [];
      const query = `select ${selection.map(({ sql }) => sql).join(', ')} from ${SCAN}`;
      const names = selection.map(({ name }) => name);
      yield* readRows(duckDb, () => connection.stream(query, [literalPath(file.path)]), names);
    },
    close,
  };
}

const DAMAGED = { what: 'is damaged, or no Parquet that can be read', mend: 'Write it again' };

/** Null for a file that is damaged. */
async function columnsOf(connection: DuckDBConnection, file: CorpusFile): Promise<Column[] | null> {
  try {
    const result = await connection.stream(`select * from ${SCAN} limit 0`, [literalPath(file.path)]);
    return result.columnNames().map((name, index) => ({ name, type: String(result.columnType(index)) }));
  } catch {
    return null;
  }
}

async function* readRows(
  duckDb: DuckDb,
  query: () => Promise<DuckDBResult>,
  names: readonly string[],
): AsyncGenerator<RawRecord[]> {
  let line = 0;
  try {
    const result = await query();
    for await (const chunk of result) {
      const columns = names.map((name, index) => ({ name, vector: chunk.getColumnVector(index) }));
      for (let row = 0; row < chunk.rowCount; ) {
        const records: RawRecord[] = [];
        for (const end = Math.min(row + ROWS_AT_ONCE, chunk.rowCount); row < end; row += 1) {
          // A slice of its own, for a vector keeps every value that it is asked for.
          const cells = columns.map(({ name, vector }) => [
            name,
            plain(duckDb, vector.slice(row, 1).getItem(0)),
          ]);
          line += 1;
          records.push({ kind: 'value', line, value: Object.fromEntries(cells) });
        }
        yield records;
      }
      // Frees the texts, which the garbage collector does not know the size of.
      chunk.reset();
    }
  } catch {
    const what = 'the Parquet data cannot be read from here on';
    yield [{ kind: 'fault', line: line + 1, what, endsFile: true }];
  }
}

/** A value as JSON would have it, where JSON has such a value. */
function plain(duckDb: DuckDb, value: unknown): unknown {
  if (value instanceof duckDb.DuckDBListValue) return value.items.map((item) => plain(duckDb, item));
  if (value instanceof duckDb.DuckDBMapValue)
    return Object.fromEntries(value.entries.map((entry) => [entry.key, plain(duckDb, entry.value)]));
  if (!(value instanceof duckDb.DuckDBStructValue)) return value;
  const entries = Object.entries(value.entries).map(([key, inner]) => [key, plain(duckDb, inner)]);
  return Object.fromEntries(entries);
}

/** A path that `read_parquet` takes for one file, whatever characters it holds. */
function literalPath(file: string): string {
  return file.replace(/[[*?]/g, '[$&]');
}
