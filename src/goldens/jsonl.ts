import type { Problem } from '../errors/problem.ts';

/** Longest line of a JSON Lines file, in bytes. */
const MAX_LINE_BYTES = 1_000_000;

/** One line that holds JSON of any kind. */
export interface JsonLine {
  /** 1-based. */
  line: number;
  value: unknown;
}

const LINE_FEED = 0x0a;
const DECODER = new TextDecoder('utf-8', { fatal: true });
/** A line that is no JSON may still show whose it is. */
const ID_IN_TEXT = /"id"\s*:\s*"([A-Za-z0-9_-]{1,48})"/;

/**
 * Reads JSON Lines: every line that is JSON, and a problem for every line that is not UTF-8, not JSON or
 * longer than `MAX_LINE_BYTES`. Blank lines, a byte order mark and CR LF are tolerated. Problems never quote
 * a line's text, for it may be a conversation's.
 */
export function readJsonLines(bytes: Uint8Array, file: string): { value: JsonLine[]; problems: Problem[] } {
  const value: JsonLine[] = [];
  const problems: Problem[] = [];
  const wrongEncoding = encodingProblem(bytes, file);
  if (wrongEncoding !== null) return { value, problems: [wrongEncoding] };
  for (let start = 0, line = 1; start < bytes.length; line += 1) {
    const next = bytes.indexOf(LINE_FEED, start);
    const end = next === -1 ? bytes.length : next;
    const read = readJsonLine(bytes.subarray(start, end), line, file);
    start = end + 1;
    if (read.value !== null) value.push(read.value);
    if (read.problem !== null) problems.push(read.problem);
  }
  return { value, problems };
}

/** One line, without its line feed, as `readJsonLines` reads it; both are null for a blank one. */
export function readJsonLine(
  content: Uint8Array,
  line: number,
  file: string,
): { value: JsonLine | null; problem: Problem | null } {
  const read = readLine(content, (part) => DECODER.decode(part));
  if (read.kind === 'json') return { value: { line, value: read.value }, problem: null };
  if (read.kind === 'blank') return { value: null, problem: null };
  const { what, mend } = read;
  return { value: null, problem: { file, line, id: idIn(content), what, mend } };
}

/** What is wrong with a file that begins with these bytes and is no UTF-8 at all; null where nothing is. */
export function encodingProblem([first, second]: Uint8Array, file: string): Problem | null {
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const what = 'is UTF-16, not UTF-8';
  return isUtf16 ? { file, line: null, id: null, what, mend: 'Save it as UTF-8' } : null;
}

type ReadLine =
  | { kind: 'blank' }
  | { kind: 'json'; value: unknown }
  | { kind: 'fault'; what: string; mend: string };

function readLine(content: Uint8Array, decode: (content: Uint8Array) => string): ReadLine {
  if (content.length > MAX_LINE_BYTES) {
    const size = (content.length / 1e6).toFixed(1);
    return { kind: 'fault', what: `the line has ${size} MB`, mend: 'Keep each line under 1 MB' };
  }
  let text: string;
  try {
    text = decode(content);
  } catch {
    return { kind: 'fault', what: 'the line is not UTF-8', mend: 'Save the file as UTF-8' };
  }
  if (text.trim() === '') return { kind: 'blank' };
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch (error) {
    return {
      kind: 'fault',
      what: `not valid JSON${place(error, text)}`,
      mend: 'Write one JSON object on one line',
    };
  }
}

/** Where the parser stopped, in words that quote nothing of the line. */
function place(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : '';
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return ` at column ${Number(position) + 1}`;
  return message.startsWith('Unexpected end') ? ` at column ${text.length + 1}` : '';
}

function idIn(content: Uint8Array): string | null {
  const head = new TextDecoder().decode(content.subarray(0, 4096));
  return ID_IN_TEXT.exec(head)?.[1] ?? null;
}
