import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { CorpusRecord } from '../src/corpus/corpus-record.ts';
import { findCorpusFiles } from '../src/corpus/find-files.ts';
import type { Mapping } from '../src/corpus/mapping.ts';
import { readCorpus } from '../src/corpus/read-corpus.ts';

/** All records that a path names, in their order. */
export async function readAll(
  pattern: string,
  cwd: string,
  mapping: Mapping | null = null,
): Promise<CorpusRecord[]> {
  const records: CorpusRecord[] = [];
  for await (const batch of readCorpus(findCorpusFiles(pattern, cwd), { mapping })) records.push(...batch);
  return records;
}

/** A record in one line: `c1: user hello | assistant hi`, or `!3 is not JSON`. */
export function inShort(record: CorpusRecord): string {
  if (record.kind === 'bad') return `!${record.line} ${record.what}`;
  const { id, messages } = record.conversation;
  return `${id}: ${messages.map(({ role, content }) => `${role} ${content}`).join(' | ')}`;
}

/** Writes what a query gives as Parquet, whatever the file's name. */
export async function writeParquet(file: string, query: string): Promise<void> {
  const connection = await (await DuckDBInstance.create()).connect();
  const plain = path.join(path.dirname(file), 'unnamed');
  await connection.run(`copy (${query}) to '${plain}' (format parquet)`);
  connection.closeSync();
  renameSync(plain, file);
}

/** Writes so many conversations of about 450 bytes as JSON Lines. */
export function writeConversations(file: string, count: number): void {
  const handle = openSync(file, 'w');
  const text =
    'What I wanted to say is that the week was long and that I would rather talk to someone. '.repeat(2);
  for (let start = 0; start < count; start += 1000) {
    const lines = Array.from({ length: Math.min(1000, count - start) }, (_, index) => {
      const messages = [
        { role: 'user', content: `${start + index} ${text}` },
        { role: 'assistant', content: text },
      ];
      return `${JSON.stringify({ id: `c${start + index}`, messages })}\n`;
    });
    writeSync(handle, lines.join(''));
  }
  closeSync(handle);
}
