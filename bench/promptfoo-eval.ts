import path from 'node:path';
import { TEST_KEY } from '../test/anthropic-api/start-api.ts';
import { REPOSITORY } from '../test/workspace.ts';
import { askInvented } from './ask-invented.ts';
import { atLeast, atMost, type Figure, plain } from './figure.ts';
import { promptfooProject } from './promptfoo-project.ts';
import { withStandIn } from './stand-in.ts';
import { type TimedCommand, timedCommand } from './timed-command.ts';

const CASES = 1000;
const CONCURRENCY = 32;
const PROMPTFOO = path.join(REPOSITORY, 'node_modules', 'promptfoo', 'dist', 'src', 'entrypoint.js');
/** promptfoo's code where an assertion did not hold. */
const SOME_FAILED = 100;

/** The same goldens, asked of the same server, by us and by promptfoo alone. */
export async function benchPromptfoo(): Promise<Figure[]> {
  const [theirs, ours] = await withStandIn(async (url) => [
    await evalAlone(url),
    await askInvented(url, CASES, CONCURRENCY),
  ]);
  return [
    plain('promptfoo eval', `${theirs.seconds.toFixed(2)} s, ${theirs.peakMegabytes.toFixed(0)} MB`),
    plain('touchstone run', `${ours.seconds.toFixed(2)} s, ${ours.peakMegabytes.toFixed(0)} MB`),
    atLeast('times as fast', theirs.seconds / ours.seconds, 1.3, 2),
    atMost('of its peak memory', ours.peakMegabytes / theirs.peakMegabytes, 1, 2),
  ];
}

/** Without what would leave the machine, write logs or draw on a terminal. */
async function evalAlone(url: string): Promise<TimedCommand> {
  const cwd = promptfooProject(CASES, url);
  const args = ['eval', '--no-cache', '--no-table', '--no-progress-bar', '-j', String(CONCURRENCY)];
  const env = {
    ANTHROPIC_API_KEY: TEST_KEY,
    PROMPTFOO_CONFIG_DIR: path.join(cwd, 'state'),
    PROMPTFOO_DISABLE_TELEMETRY: '1',
    PROMPTFOO_DISABLE_UPDATE: '1',
    PROMPTFOO_DISABLE_REMOTE_GENERATION: '1',
    PROMPTFOO_DISABLE_SHARING: '1',
    PROMPTFOO_DISABLE_DEBUG_LOG: '1',
    PROMPTFOO_DISABLE_ERROR_LOG: '1',
  };
  const timed = await timedCommand(PROMPTFOO, args, { cwd, env, expectedCodes: [0, SOME_FAILED] });
  const passed = /([\d,]+) passed/.exec(timed.out)?.[1] ?? '0';
  if (Number(passed.replaceAll(',', '')) === 0 || !/\b0 errors/.test(timed.out))
    throw new Error(`promptfoo did not get its answers:\n${timed.out}`);
  return timed;
}
