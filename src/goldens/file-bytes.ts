import { readFileSync } from 'node:fs';
import type { Problem } from '../errors/problem.ts';

/** The bytes of a file, or null and the problem that keeps them from being read. */
export function readFileBytes(
  file: string,
  shownAs: string,
): { value: Uint8Array | null; problems: Problem[] } {
  try {
    return { value: readFileSync(file), problems: [] };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const [what, mend] = FAULTS[code] ?? [`cannot be read (${code})`, 'Check the path and the disk'];
    return { value: null, problems: [{ file: shownAs, line: null, id: null, what, mend }] };
  }
}

const FAULTS: Readonly<Record<string, readonly [what: string, mend: string]>> = {
  ENOENT: ['there is no such file', 'Create it, or correct the path'],
  ENOTDIR: ['there is no such file', 'Create it, or correct the path'],
  EISDIR: ['is a folder, not a file', 'Put a file in its place, or correct the path'],
  EACCES: ['may not be read', 'Give yourself the right to read it'],
  EPERM: ['may not be read', 'Give yourself the right to read it'],
};
