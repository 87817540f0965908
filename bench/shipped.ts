import { copyShippedProject } from '../test/workspace.ts';
import { TOUCHSTONE } from './ask-invented.ts';
import { type Figure, plain } from './figure.ts';
import { timedCommand } from './timed-command.ts';

/** `touchstone run` on the shipped project: with nothing recorded, and again. */
export async function benchShipped(): Promise<Figure[]> {
  const options = { cwd: copyShippedProject(), env: {}, expectedCodes: [0] };
  const first = await timedCommand(TOUCHSTONE, ['run'], options);
  const second = await timedCommand(TOUCHSTONE, ['run'], options);
  return [
    plain('first run', `${first.seconds.toFixed(2)} s, ${first.peakMegabytes.toFixed(0)} MB`),
    plain(
      'second run, nothing to ask',
      `${second.seconds.toFixed(2)} s, ${second.peakMegabytes.toFixed(0)} MB`,
    ),
  ];
}
