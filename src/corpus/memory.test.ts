import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { writeConversations, writeParquet } from '../../test/corpus-files.ts';
import { makeWorkspace } from '../../test/workspace.ts';

/** Counts the conversations of a corpus and tells the most memory that it held, in kB. */
const COUNT = `
  const { findCorpusFiles } = await import(${JSON.stringify(new URL('find-files.ts', import.meta.url))});
  const { readCorpus } = await import(${JSON.stringify(new URL('read-corpus.ts', import.meta.url))});
  let count = 0;
  for await (const batch of readCorpus(findCorpusFiles(process.argv[1], '/'), { mapping: null }))
    count += batch.filter(({ kind }) => kind === 'conversation').length;
  console.log(JSON.stringify([count, process.resourceUsage().maxRSS]));
`;

/** A small heap is tidied often, so that what is left of a corpus in memory shows. */
const SMALL_HEAP = ['--max-old-space-size=64', '--max-semi-space-size=2'];

function count(file: string): { count: number; peak: number } {
  const args = [...SMALL_HEAP, '--input-type=module', '-e', COUNT, file];
  const [conversations, peak] = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  return { count: conversations, peak };
}

describe('the memory that reading a corpus takes', () => {
  const folder = makeWorkspace({});
  const [few, many] = [10_000, 100_000];
  const place = (size: number, ending: string) => path.join(folder, `${size}${ending}`);
  for (const size of [few, many]) writeConversations(place(size, '.jsonl'), size);

  const expectFlat = (ending: string, { kilobytes }: { kilobytes: number }) => {
    const [small, large] = [count(place(few, ending)), count(place(many, ending))];
    expect([small.count, large.count]).toEqual([few, many]);
    expect(large.peak - small.peak).toBeLessThan(kilobytes);
  };

  it('does not grow with the lines', () => expectFlat('.jsonl', { kilobytes: 30_000 }));

  it('does not grow with compressed lines', () => {
    for (const size of [few, many])
      writeFileSync(place(size, '.jsonl.gz'), gzipSync(readFileSync(place(size, '.jsonl')), { level: 1 }));
    expectFlat('.jsonl.gz', { kilobytes: 30_000 });
  });

  it('grows with the rows of a Parquet file no further than to the size of a page', async () => {
    for (const size of [few, many])
      await writeParquet(place(size, '.parquet'), `select * from read_json('${place(size, '.jsonl')}')`);
    expectFlat('.parquet', { kilobytes: 120_000 });
  });
});
