import { MAX_RECORD_BYTES, TOO_LONG } from './corpus-record.ts';
import type { RecordFault } from './raw-record.ts';

/** A line as it stands in its file, or what keeps it from being read. */
export type RawLine = { kind: 'bytes'; line: number; bytes: Buffer } | RecordFault;

/** Cuts a stream of bytes into lines. */
export interface LineSplitter {
  push(chunk: Buffer): void;
  /** The lines that ended since the last call. Empty ones are counted and left out. */
  take(): RawLine[];
  /** The file is over: what stands after the last line feed is a line too. */
  end(): void;
  /** The file breaks off: what stands after the last line feed is given up. */
  breakOff(what: string): void;
}

const LINE_FEED = 0x0a;

/**
 * A splitter at a line feed alone: U+2028 may stand in a string. It never holds more than the longest line allowed;
 * a longer one is read past and becomes a fault.
 */
export function lineSplitter(): LineSplitter {
  let lines: RawLine[] = [];
  let parts: Buffer[] = [];
  let length = 0;
  let line = 1;
  const keep = (part: Buffer) => {
    length += part.length;
    if (length <= MAX_RECORD_BYTES) parts.push(part);
    else parts = [];
  };
  const finish = () => {
    if (length > MAX_RECORD_BYTES) lines.push({ kind: 'fault', line, what: TOO_LONG });
    else if (length > 0) {
      const [only] = parts;
      const bytes = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts, length);
      lines.push({ kind: 'bytes', line, bytes });
    }
    parts = [];
    length = 0;
    line += 1;
  };
  return {
    push(chunk) {
      let start = 0;
      for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
        if (end > start) keep(chunk.subarray(start, end));
        start = end + 1;
        finish();
      }
      if (start < chunk.length) keep(chunk.subarray(start));
    },
    take() {
      const taken = lines;
      lines = [];
      return taken;
    },
    end: finish,
    breakOff(what) {
      lines.push({ kind: 'fault', line, what, endsFile: true });
    },
  };
}
