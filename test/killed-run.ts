import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunRecord } from '../src/schema/run-record.ts';
import type { Api } from './anthropic-api/start-api.ts';
import { type CommandResult, touchstone } from './command.ts';
import { REPOSITORY } from './workspace.ts';

/** So long after the server has received so many requests. */
export interface Moment {
  requests: number;
  milliseconds: number;
}

interface Command {
  args: readonly string[];
  cwd: string;
  env: Record<string, string>;
}

/**
 * Starts `touchstone ARGS` and ends it with `kill -9` at a moment; false where it had come to its end before.
 *
 * @param received how many requests the server has received from this process so far
 */
async function killAt(moment: Moment, command: Command, received: () => number): Promise<boolean> {
  const program = path.join(REPOSITORY, 'bin', 'touchstone.js');
  const child = spawn(process.execPath, [program, ...command.args], {
    cwd: command.cwd,
    env: { PATH: process.env.PATH, HOME: command.cwd, NO_COLOR: '1', ...command.env },
    stdio: 'ignore',
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.on('error', reject).on('close', (_code, signal) => resolve(signal));
  });
  while (child.exitCode === null && received() < moment.requests) await delay(1);
  await Promise.race([delay(moment.milliseconds), ended]);
  child.kill('SIGKILL');
  return (await ended) === 'SIGKILL';
}

export interface KilledRun {
  /** The resumed run, to its end. */
  result: CommandResult;
  kills: number;
  /** Requests that were paid. */
  paid: number;
  /** Those of them that had been paid before. */
  paidAgain: number;
  /** Those again of them that were not under way when a process was killed: there should be none. */
  paidAgainForNothing: number;
}

/**
 * Kills a command at these moments, one after the other, then lets the same command come to its end. The
 * server must answer every request after the same time, so that those under way are the last received.
 *
 * @param concurrency how many requests the command has under way at most
 */
export async function killAndResume(
  moments: readonly Moment[],
  command: Command,
  api: Api,
  concurrency: number,
): Promise<KilledRun> {
  const paidRequests = () =>
    api.requests.filter(({ endpoint, usage }) => endpoint === 'messages' && usage !== null);
  const before = paidRequests().length;
  const paid = () => paidRequests().slice(before);
  const underWay = new Set<string>();
  let kills = 0;
  for (const moment of moments) {
    const already = paid().length;
    const wasKilled = await killAt(moment, command, () => paid().length - already);
    if (!wasKilled) continue;
    kills += 1;
    for (const { text } of paid().slice(already).slice(-concurrency)) underWay.add(text);
  }
  const result = await touchstone(command.args, command);
  const times = Map.groupBy(paid(), ({ text }) => text);
  const again = [...times].filter(([, requests]) => requests.length > 1);
  return {
    result,
    kills,
    paid: paid().length,
    paidAgain: paid().length - times.size,
    paidAgainForNothing: again.filter(([text]) => !underWay.has(text)).length,
  };
}

/** What of a run record does not depend on when and how often it was interrupted. */
export function lastingPart(recordText: string): unknown {
  const { started_at: _, seconds: __, asked: ___, spent: ____, ...rest }: RunRecord = JSON.parse(recordText);
  const cases = rest.cases.map((each) => ({
    ...each,
    answers: each.answers.map(({ latency_ms: _latency, ...answer }) => answer),
  }));
  return { ...rest, cases };
}

/** Moments from the start of the process to the last request, the same for the same seed. */
export function randomMoments(count: number, requests: number, random: () => number): Moment[] {
  return Array.from({ length: count }, () => ({
    requests: Math.floor(random() * requests),
    milliseconds: Math.floor(random() * 60),
  }));
}
