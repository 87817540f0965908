import { createReadStream } from 'node:fs';

/** A line of a file; `json: null` where it is not UTF-8, no JSON or longer than `MAX_LINE_BYTES`. */
export interface StreamedLine {
  /** 1-based. */
  line: number;
  json: { value: unknown } | null;
}

const LINE_FEED = 0x0a;
const MAX_LINE_BYTES = 20_000_000;

/**
 * Reads JSON Lines without holding the file in memory; blank lines are passed over. Lines end with a line feed
 * alone: U+2028 may stand in a string.
 */
export async function* streamJsonLines(file: string): AsyncGenerator<StreamedLine> {
  let parts: Buffer[] = [];
  let length = 0;
  let line = 1;
  const keep = (part: Buffer) => {
    length += part.length;
    if (length <= MAX_LINE_BYTES) parts.push(part);
  };
  const finish = (): StreamedLine | null => {
    const read = length > MAX_LINE_BYTES ? { json: null } : readLine(Buffer.concat(parts));
    const finished = read === null ? null : { line, ...read };
    parts = [];
    length = 0;
    line += 1;
    return finished;
  };
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      keep(chunk.subarray(start, end));
      start = end + 1;
      const finished = finish();
      if (finished !== null) yield finished;
    }
    keep(chunk.subarray(start));
  }
  const last = finish();
  if (last !== null) yield last;
}

/** Null for a blank line. */
function readLine(bytes: Buffer): Pick<StreamedLine, 'json'> | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.trim() === '' ? null : { json: { value: JSON.parse(text) } };
  } catch {
    return { json: null };
  }
}
