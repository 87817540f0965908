import { fileFormat } from './file-format.ts';
import type { CorpusFile } from './find-files.ts';
import type { KeyPath, Mapping } from './mapping.ts';
import type { RawRecord } from './raw-record.ts';
import { readCsv } from './read-csv.ts';
import { readLines } from './read-lines.ts';
import { openParquet } from './read-parquet.ts';

/** Corpus files of any format, ready to be read. */
interface OpenFiles {
  /** The records of one of the files in their order, some at a time. */
  records(file: CorpusFile): AsyncGenerator<RawRecord[]>;
  close(): void;
}

/**
 * Opens files of any format.
 *
 * @param also keys that are read besides the conversation and its id, where a file is a table
 * @throws InputError when a Parquet file cannot be opened or lacks the columns needed
 */
export async function openFiles(
  files: readonly CorpusFile[],
  mapping: Mapping | null,
  also: readonly string[] = [],
): Promise<OpenFiles> {
  const tables = files.filter((file) => fileFormat(file.path) === 'parquet');
  const parquet = tables.length === 0 ? null : await openParquet(tables, mapping, also);
  return {
    async *records(file) {
      const format = fileFormat(file.path);
      if (format === 'parquet') {
        if (parquet !== null) yield* parquet.rows(file);
      } else if (format === 'csv') yield* readCsv(file, mappingFor(file, mapping));
      else if (format !== null) yield* readLines(file, format);
    },
    close: () => parquet?.close(),
  };
}

/** The mapping as it holds for a file: a column of CSV is one key, dots in its name or not. */
export function mappingFor(file: CorpusFile, mapping: Mapping | null): Mapping | null {
  if (mapping === null || fileFormat(file.path) !== 'csv') return mapping;
  const column = (keys: KeyPath | null) => (keys === null ? null : [keys.join('.')]);
  const { messages, id, role, content } = mapping;
  return {
    ...mapping,
    messages: column(messages),
    id: column(id),
    role: column(role),
    content: column(content),
  };
}
