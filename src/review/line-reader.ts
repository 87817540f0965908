import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Answers of a person, line by line, or of a program through a pipe. */
export interface LineReader {
  /** The next line; null where the input has ended or Ctrl-C was pressed. */
  ask(question: string): Promise<string | null>;
  close(): void;
}

/**
 * Reads lines of `input`. On a terminal the line can be edited; through a pipe the lines are taken as they come, so
 * that answers may be written before they are asked for.
 */
export function lineReader(input: Readable & { isTTY?: boolean }, out: (text: string) => void): LineReader {
  const isTerminal = input.isTTY === true && process.stdout.isTTY === true;
  const reader = createInterface({
    input,
    terminal: isTerminal,
    ...(isTerminal ? { output: process.stdout } : {}),
  });
  reader.on('SIGINT', () => reader.close());
  const lines = reader[Symbol.asyncIterator]();
  return {
    async ask(question) {
      if (isTerminal) {
        reader.setPrompt(question);
        reader.prompt();
      } else out(question);
      const next = await lines.next();
      if (!isTerminal || next.done === true) out('\n');
      return next.done === true ? null : next.value;
    },
    close: () => reader.close(),
  };
}
