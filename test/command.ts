import { spawn } from 'node:child_process';
import path from 'node:path';
import { REPOSITORY } from './workspace.ts';

export interface CommandResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

/** Runs `touchstone ARGS` as a child process in a folder, without colour, key or terminal. */
export function touchstone(
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string>; node?: readonly string[] },
): Promise<CommandResult> {
  const command = [...(options.node ?? []), path.join(REPOSITORY, 'bin', 'touchstone.js'), ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      cwd: options.cwd,
      env: { PATH: process.env.PATH, HOME: options.cwd, NO_COLOR: '1', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      out += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      err += chunk;
    });
    child.on('error', reject).on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
}
