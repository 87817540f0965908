import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { TEST_KEY } from '../test/anthropic-api/start-api.ts';
import { REPOSITORY } from '../test/workspace.ts';
import { FIXED_ANSWER } from './invented-project.ts';

/** Milliseconds from a request to its answer. */
export const LATENCY = 200;

/** Runs `work` with the stand-in for the API as a process of its own, which ends with it. */
export async function withStandIn<T>(work: (url: string) => Promise<T>): Promise<T> {
  const program = path.join(REPOSITORY, 'test', 'anthropic-api', 'serve.ts');
  const server = spawn(process.execPath, [program, '--latency', String(LATENCY), '--answer', FIXED_ANSWER], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit');
  try {
    const [line] = await once(server.stdout.setEncoding('utf8'), 'data');
    return await work(String(line).trim());
  } finally {
    server.kill();
    await ended;
  }
}

/** What a command needs to ask the stand-in. */
export function standInEnv(url: string): Record<string, string> {
  return { ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: url };
}
