import type { CorpusRecord } from './corpus-record.ts';
import type { CorpusFile } from './find-files.ts';
import type { Mapping } from './mapping.ts';
import { readCorpus } from './read-corpus.ts';

/** The records of a corpus, or the first of them up to so many conversations. */
export async function* readFirst(
  files: readonly CorpusFile[],
  { mapping, limit }: { mapping: Mapping | null; limit: number | null },
): AsyncGenerator<CorpusRecord[]> {
  let left = limit ?? Number.POSITIVE_INFINITY;
  for await (const batch of readCorpus(files, { mapping })) {
    const kept: CorpusRecord[] = [];
    for (const record of batch) {
      if (left === 0) break;
      kept.push(record);
      if (record.kind === 'conversation') left -= 1;
    }
    yield kept;
    if (left === 0) return;
  }
}
