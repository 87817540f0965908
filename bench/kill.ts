import { isDeepStrictEqual } from 'node:util';
import { seededRandom } from '../src/statistics/random.ts';
import { startApi, TEST_KEY } from '../test/anthropic-api/start-api.ts';
import { colorProject } from '../test/color-classifier.ts';
import { touchstone } from '../test/command.ts';
import { killAndResume, lastingPart, randomMoments } from '../test/killed-run.ts';
import { makeWorkspace } from '../test/workspace.ts';
import { atMost, type Figure, plain } from './figure.ts';

const KILLS = 10;
const CASES = 36;
const CONCURRENCY = 4;

/** Ten runs, each killed at a random moment and resumed once with the same command. */
export async function benchKill(): Promise<Figure[]> {
  const model = ['--model', 'anthropic:claude-haiku-5-5'];
  const args = ['run', ...model, '--concurrency', String(CONCURRENCY), '--json'];
  const api = await startApi({ latency: 40 });
  const env = { ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: api.url };
  const project = () => makeWorkspace(colorProject());
  try {
    const undisturbed = lastingPart((await touchstone(args, { cwd: project(), env })).out);
    const total = { kills: 0, lost: 0, again: 0, forNothing: 0, different: 0 };
    for (const moment of randomMoments(KILLS, CASES, seededRandom(1))) {
      const killed = await killAndResume([moment], { args, cwd: project(), env }, api, CONCURRENCY);
      total.kills += killed.kills;
      total.lost += CASES - (killed.paid - killed.paidAgain);
      total.again += killed.paidAgain;
      total.forNothing += killed.paidAgainForNothing;
      total.different += isDeepStrictEqual(lastingPart(killed.result.out), undisturbed) ? 0 : 1;
    }
    return [
      plain('kills', String(total.kills)),
      atMost(`answers paid twice, ${CONCURRENCY} under way a kill`, total.again, KILLS * CONCURRENCY, 0),
      atMost('of them not under way at the kill', total.forNothing, 0, 0),
      atMost('answers lost', total.lost, 0, 0),
      atMost('records unlike an undisturbed one', total.different, 0, 0),
    ];
  } finally {
    await api.close();
  }
}
