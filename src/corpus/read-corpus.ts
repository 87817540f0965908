import type { CorpusRecord } from './corpus-record.ts';
import type { CorpusFile } from './find-files.ts';
import type { Mapping } from './mapping.ts';
import { mappingFor, openFiles } from './open-files.ts';
import type { RawRecord } from './raw-record.ts';
import { readRecord, textLength } from './read-record.ts';

/** A batch is given when it has so many records, or so many characters of them. */
const BATCH_RECORDS = 512;
const BATCH_CHARACTERS = 2 ** 22;

/**
 * Reads the records of files in their order, in batches of some hundreds, a batch never of two files. Holds one
 * batch at a time, so memory does not grow with the corpus. The same files give the same records in the same
 * batches. Blank lines are no records. Ids are not made unique: a corpus may hold one conversation twice.
 *
 * @param options.mapping where a format that is not known keeps things; null to recognise each record by its shape
 * @throws InputError before the first record, when a Parquet file cannot be opened or lacks the columns needed; later,
 *   when the rows of a conversation in CSV do not stand together
 * @throws IncompleteRunError when a disk fails on the way
 */
export async function* readCorpus(
  files: readonly CorpusFile[],
  options: { mapping: Mapping | null },
): AsyncGenerator<CorpusRecord[]> {
  const { mapping } = options;
  const reader = await openFiles(files, mapping);
  try {
    for (const file of files) yield* inBatches(reader.records(file), file, mappingFor(file, mapping));
  } finally {
    reader.close();
  }
}

async function* inBatches(
  raw: AsyncIterable<RawRecord[]>,
  file: CorpusFile,
  mapping: Mapping | null,
): AsyncGenerator<CorpusRecord[]> {
  let batch: CorpusRecord[] = [];
  let characters = 0;
  for await (const some of raw) {
    for (const one of some) {
      const record = readRecord(one, file.shown, mapping);
      batch.push(record);
      if (record.kind === 'conversation') characters += textLength(record.conversation.messages);
      if (batch.length < BATCH_RECORDS && characters < BATCH_CHARACTERS) continue;
      yield batch;
      batch = [];
      characters = 0;
    }
  }
  if (batch.length > 0) yield batch;
}
