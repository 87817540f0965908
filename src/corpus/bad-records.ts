import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import type { BadRecord } from './corpus-record.ts';

/** The side file that names the records which could not be read. */
export interface BadRecords {
  /** Appends a line; it reaches the disk with the next 64 kB, or at the end. */
  write(record: BadRecord): void;
  close(): void;
}

const BUFFER_CHARACTERS = 64 * 1024;

/**
 * Opens the side file anew, readable by its owner alone: a run reads its corpus from the beginning, so it names
 * all bad records again. Each line is JSON with `file`, `line` and `what`; no text of a conversation.
 *
 * @throws InputError when the file cannot be written
 */
export function openBadRecords(file: string): BadRecords {
  const handle = openOrRefuse(file);
  let buffer = '';
  const flush = () => {
    writeSync(handle, buffer);
    buffer = '';
  };
  return {
    write({ file: shown, line, what }) {
      buffer += `${JSON.stringify({ file: shown, line, what })}\n`;
      if (buffer.length >= BUFFER_CHARACTERS) flush();
    },
    close() {
      flush();
      closeSync(handle);
    },
  };
}

function openOrRefuse(file: string): number {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    return openSync(file, 'w', 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    const [what, mend] = [`cannot be written${code}`, 'Check the path and its rights'];
    throw new InputError([{ file, line: null, id: null, what, mend }]);
  }
}
