import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { IncompleteRunError } from '../errors/errors.ts';
import { decompressor } from './decompress.ts';
import type { FileFormat } from './file-format.ts';
import type { CorpusFile } from './find-files.ts';
import type { RawRecord } from './raw-record.ts';
import { lineSplitter, type RawLine } from './split-lines.ts';

const CHUNK_BYTES = 256 * 1024;
/** Small, for the text of a compressed piece is held at once, whatever it swells to. */
const COMPRESSED_PIECE_BYTES = 8 * 1024;

/**
 * The lines of a file, plain or compressed, some at a time and without holding the file in memory; blank ones are
 * left out. A byte order mark and CR LF are tolerated. Compressed data that is cut off or damaged gives the lines
 * before it, then one fault.
 *
 * @throws IncompleteRunError when the disk fails on the way
 */
export async function* readLines(
  file: CorpusFile,
  format: Exclude<FileFormat, 'parquet' | 'csv'>,
): AsyncGenerator<RawRecord[]> {
  const splitter = lineSplitter();
  const inflate = format === 'lines' ? null : decompressor(format, splitter.push);
  try {
    for await (const chunk of chunksOf(file)) {
      const size = inflate === null ? chunk.length : COMPRESSED_PIECE_BYTES;
      for (let start = 0; start < chunk.length; start += size) {
        const piece = chunk.subarray(start, start + size);
        const fault = inflate === null ? splitter.push(piece) : await inflate.write(piece);
        if (fault) splitter.breakOff(fault);
        yield splitter.take().flatMap(decoded);
        if (fault) return;
      }
    }
    const fault = await inflate?.end();
    if (fault) splitter.breakOff(fault);
    else splitter.end();
    yield splitter.take().flatMap(decoded);
  } finally {
    inflate?.close();
  }
}

/**
 * The bytes of a file, piece by piece.
 *
 * @throws IncompleteRunError when the disk fails on the way
 */
export async function* chunksOf(file: CorpusFile): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(file.path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new IncompleteRunError(
      `${file.shown} could not be read to its end${code}`,
      'Check the disk, then type the same command again',
    );
  }
}

/** Nothing for a blank line. */
function decoded(raw: RawLine): RawRecord[] {
  if (raw.kind === 'fault') return [raw];
  const { line, bytes } = raw;
  if (!isUtf8(bytes)) return [{ kind: 'fault', line, what: 'is not UTF-8' }];
  const hasMark = line === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const json = bytes.toString('utf8', hasMark ? 3 : 0);
  return /\S/.test(json) ? [{ kind: 'json', line, json }] : [];
}
