import path from 'node:path';
import type { RunRecord } from '../src/schema/run-record.ts';
import { REPOSITORY } from '../test/workspace.ts';
import { inventProject } from './invented-project.ts';
import { standInEnv } from './stand-in.ts';
import { type TimedCommand, timedCommand } from './timed-command.ts';

export const TOUCHSTONE = path.join(REPOSITORY, 'bin', 'touchstone.js');

/** `touchstone run` on so many invented goldens, from nothing recorded to the report; and the record it made. */
export async function askInvented(
  url: string,
  cases: number,
  concurrency: number,
): Promise<TimedCommand & { asking: number }> {
  const cwd = inventProject(cases);
  const env = standInEnv(url);
  const model = ['--model', 'anthropic:claude-haiku-5-5'];
  const run = ['run', ...model, '--concurrency', String(concurrency), '--json'];
  const timed = await timedCommand(TOUCHSTONE, run, { cwd, env, expectedCodes: [0] });
  const record: RunRecord = JSON.parse(timed.out);
  const unanswered = record.cases.filter(({ answers }) => answers[0]?.status !== 'answered').length;
  if (record.asked !== cases || unanswered > 0)
    throw new Error(`${record.asked} asked, ${unanswered} not answered`);
  return { ...timed, asking: record.seconds };
}
