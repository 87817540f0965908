import { createHash } from 'node:crypto';
import type { Problem } from '../errors/problem.ts';

/** A text file as it counts: without a byte order mark, lines ended by LF alone. */
interface SourceText {
  text: string;
  /** Hash of `text`, the same on every system a repository is checked out on. */
  sha256: string;
}

/** Reads bytes as UTF-8; null and a problem that names the first line at fault where they are not. */
export function readText(bytes: Uint8Array, file: string): { value: SourceText | null; problems: Problem[] } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n');
    const sha256 = createHash('sha256').update(text).digest('hex');
    return { value: { text, sha256 }, problems: [] };
  } catch {
    const line = firstBrokenLine(bytes);
    const problem = { file, line, id: null, what: 'the line is not UTF-8', mend: 'Save the file as UTF-8' };
    return { value: null, problems: [problem] };
  }
}

function firstBrokenLine(bytes: Uint8Array): number {
  const lossy = new TextDecoder().decode(bytes);
  return lossy.slice(0, lossy.indexOf('\ufffd')).split('\n').length;
}
