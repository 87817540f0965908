import type { Transform } from 'node:stream';
import zlib from 'node:zlib';

/** A decompressor at work: what became of the piece it was given. */
type Outcome = { kind: 'taken' } | { kind: 'over' } | { kind: 'broken'; code: string };

/** Decompresses piece by piece into `sink`, which has all that came before a fault when the fault is told. */
export interface Decompressor {
  /**
   * All that a piece holds goes to the sink at once, so pieces should be small: 8 kB may swell to many megabytes.
   *
   * @returns null, or what is wrong with the data; nothing may be written after that
   */
  write(piece: Buffer): Promise<string | null>;
  /** Null, or what is missing. */
  end(): Promise<string | null>;
  /** Frees the memory that zlib holds. */
  close(): void;
}

/**
 * A decompressor for gzip or Zstandard, of any number of members or frames (pigz, pzstd), padding with zeros
 * tolerated. After damage, up to 16 kB of sound text before it may be missing: zlib gives them up.
 */
export function decompressor(format: 'lines.gz' | 'lines.zst', sink: (chunk: Buffer) => void): Decompressor {
  let member: Member | null = null;
  return {
    async write(piece) {
      for (let rest = piece; rest.length > 0; ) {
        if (member === null) {
          rest = withoutPadding(rest);
          if (rest.length === 0) break;
          member = openMember(format, sink);
        }
        const before = member.consumed();
        const outcome = await member.write(rest);
        if (outcome.kind === 'broken') return faultOf(outcome.code);
        if (outcome.kind === 'taken') break;
        rest = rest.subarray(member.consumed() - before);
        member.close();
        member = null;
      }
      return null;
    },
    async end() {
      if (member === null) return null;
      const outcome = await member.end();
      return outcome.kind === 'broken' ? faultOf(outcome.code) : null;
    },
    close: () => member?.close(),
  };
}

interface Member {
  /** Compressed bytes used so far. */
  consumed(): number;
  write(piece: Buffer): Promise<Outcome>;
  end(): Promise<Outcome>;
  close(): void;
}

/**
 * Node ends a Zstandard stream after the frame that ends within a piece, and a gzip stream at padding, without
 * another word: what it used of the piece tells where the next one begins.
 */
function openMember(format: 'lines.gz' | 'lines.zst', sink: (chunk: Buffer) => void): Member {
  const stream: Transform & { readonly bytesWritten: number } =
    format === 'lines.gz' ? zlib.createGunzip() : zlib.createZstdDecompress();
  const over = new Promise<Outcome>((resolve) => {
    stream.on('end', () => resolve({ kind: 'over' }));
    stream.on('error', (error) => {
      resolve({ kind: 'broken', code: 'code' in error ? String(error.code) : '' });
    });
  });
  stream.on('data', sink);
  return {
    consumed: () => stream.bytesWritten,
    write(piece) {
      const taken = new Promise<Outcome>((resolve) => {
        stream.write(piece, (error) => resolve(error ? over : { kind: 'taken' }));
      });
      return Promise.race([over, taken]);
    },
    end() {
      stream.end();
      return over;
    },
    close: () => void stream.destroy(),
  };
}

function withoutPadding(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start === -1 ? bytes.subarray(bytes.length) : bytes.subarray(start);
}

function faultOf(code: string): string {
  return code === 'Z_BUF_ERROR'
    ? 'the file is cut off: the compressed data ends too early'
    : 'the compressed data is damaged from about here on';
}
