import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface TimedCommand {
  out: string;
  /** From the start of the process to its end. */
  seconds: number;
  peakMegabytes: number;
}

/**
 * Runs a Node program as a process of its own, without colour or terminal, and measures it from outside.
 *
 * @throws where it ends with another code than those expected
 */
export async function timedCommand(
  program: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string>; expectedCodes: readonly number[] },
): Promise<TimedCommand> {
  const usageFile = path.join(mkdtempSync(path.join(tmpdir(), 'touchstone-usage-')), 'kilobytes');
  const preload = fileURLToPath(new URL('record-usage.ts', import.meta.url));
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', preload, program, ...args], {
    cwd: options.cwd,
    env: {
      PATH: process.env.PATH,
      HOME: options.cwd,
      NO_COLOR: '1',
      USAGE_FILE: usageFile,
      ...options.env,
    },
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
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const seconds = (performance.now() - started) / 1000;
  if (!options.expectedCodes.some((expected) => expected === code))
    throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${err}${out}`);
  return { out, seconds, peakMegabytes: Number(readFileSync(usageFile, 'utf8')) / 1024 };
}
