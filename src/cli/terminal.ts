import type { WriteStream } from 'node:tty';
import { Chalk, type ChalkInstance, supportsColor, supportsColorStderr } from 'chalk';
import { fitTerminal } from './fit-terminal.ts';

/** Where a command writes and what it knows of its surroundings. */
export interface Terminal {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Results: what another program may read. */
  out(text: string): void;
  /** Progress, notes and errors. */
  err(text: string): void;
  /** Styles for `out`, plain where it is no terminal or NO_COLOR is set. */
  chalk: ChalkInstance;
  /** Whether a progress line may be drawn and redrawn on `err`. */
  isInteractive: boolean;
  columns: number;
}

/** Whoever reads may go away (`| head`): the work goes on, and its exit code stands. */
function allowClosedPipe(error: Error): void {
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
}

/** What no terminal has is laid out for so many. */
const COLUMNS = 100;

/** Writes to a stream, and to a terminal so that no word is broken at its edge. */
function writeTo(stream: WriteStream): (text: string) => void {
  return (text) => {
    // Some terminals say that they have none.
    const isFit = stream.isTTY === true && stream.columns > 0;
    stream.write(isFit ? fitTerminal(text, stream.columns) : text);
  };
}

/** The process's own terminal. NO_COLOR and FORCE_COLOR are respected. */
export function processTerminal(): Terminal {
  const { env, stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.on('error', allowClosedPipe);
  const plain = env.NO_COLOR !== undefined && env.NO_COLOR !== '';
  const support = supportsColor === false ? 0 : supportsColor.level;
  return {
    cwd: process.cwd(),
    env,
    out: writeTo(stdout),
    err: writeTo(stderr),
    chalk: new Chalk({ level: plain ? 0 : support }),
    isInteractive: stderr.isTTY === true && env.TERM !== 'dumb' && (plain || supportsColorStderr !== false),
    columns: stdout.columns > 0 ? stdout.columns : COLUMNS,
  };
}
