import path from 'node:path';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';
import { REPOSITORY } from './workspace.ts';

export interface ScreenOptions {
  cwd: string;
  columns?: number;
  rows?: number;
  env?: Record<string, string>;
}

/** A program on a pseudo-terminal, and what its screen shows. */
export interface Screen {
  /** The lines of the screen, without blanks at their ends. */
  lines(): string[];
  text(): string;
  /** Waits until the screen is as it should be; tells what it shows where it never is. */
  until(what: (text: string) => boolean | RegExpMatchArray | null): Promise<void>;
  press(keys: string): void;
  resize(columns: number, rows: number): void;
  kill(signal: NodeJS.Signals): void;
  isAlternate(): boolean;
  isCursorHidden(): boolean;
  ended: Promise<{ exitCode: number; signal: number }>;
}

/** Long enough for a loaded machine. */
const PATIENCE = 45_000;

/** Runs `touchstone ARGS` on a pseudo-terminal. */
export function touchstoneOnScreen(args: readonly string[], options: ScreenOptions): Screen {
  const { cwd, columns = 80, rows = 30, env = {} } = options;
  const screen = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  const child = spawn(process.execPath, [path.join(REPOSITORY, 'bin', 'touchstone.js'), ...args], {
    cwd,
    cols: columns,
    rows,
    env: { PATH: process.env.PATH, HOME: cwd, TERM: 'xterm-256color', ...env },
  });
  let changed = () => {};
  let isCursorHidden = false;
  screen.parser.registerCsiHandler({ prefix: '?', final: 'l' }, (parameters) => {
    if (parameters.includes(25)) isCursorHidden = true;
    return false;
  });
  screen.parser.registerCsiHandler({ prefix: '?', final: 'h' }, (parameters) => {
    if (parameters.includes(25)) isCursorHidden = false;
    return false;
  });
  child.onData((data) => screen.write(data, () => changed()));
  const ended = new Promise<{ exitCode: number; signal: number }>((resolve) => {
    child.onExit(({ exitCode, signal }) => resolve({ exitCode, signal: signal ?? 0 }));
  });
  const lines = () => {
    const { active } = screen.buffer;
    return Array.from({ length: screen.rows }, (_, row) => {
      return active.getLine(active.baseY + row)?.translateToString(true) ?? '';
    });
  };
  const text = () => lines().join('\n');
  return {
    lines,
    text,
    until(what) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`never so; the screen shows\n${text()}`)), PATIENCE);
        changed = () => {
          const found = what(text());
          if (found === false || found === null) return;
          clearTimeout(timer);
          changed = () => {};
          resolve();
        };
        changed();
      });
    },
    press: (keys) => child.write(keys),
    resize(toColumns, toRows) {
      screen.resize(toColumns, toRows);
      child.resize(toColumns, toRows);
    },
    kill: (signal) => child.kill(signal),
    isAlternate: () => screen.buffer.active.type === 'alternate',
    isCursorHidden: () => isCursorHidden,
    ended,
  };
}
