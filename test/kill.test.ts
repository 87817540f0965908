import { describe, expect, it } from 'vitest';
import { seededRandom } from '../src/statistics/random.ts';
import { startApi, TEST_KEY } from './anthropic-api/start-api.ts';
import { colorProject } from './color-classifier.ts';
import { touchstone } from './command.ts';
import { killAndResume, lastingPart, randomMoments } from './killed-run.ts';
import { makeWorkspace } from './workspace.ts';

const CASES = 36;
const CONCURRENCY = 4;
const args = ['run', '--model', 'anthropic:claude-haiku-5-5', '--concurrency', String(CONCURRENCY), '--json'];

describe('a run that is killed again and again with kill -9', () => {
  it('loses no answer, pays none twice but those under way, and ends as if nothing had happened', async () => {
    const api = await startApi({ latency: 40 });
    try {
      const env = { ANTHROPIC_API_KEY: TEST_KEY, ANTHROPIC_BASE_URL: api.url };
      const undisturbed = await touchstone(args, { cwd: makeWorkspace(colorProject()), env });
      const moments = randomMoments(3, CASES / 3, seededRandom(7));
      const command = { args, cwd: makeWorkspace(colorProject()), env };
      const killed = await killAndResume(moments, command, api, CONCURRENCY);
      expect(killed.result.code).toBe(0);
      expect(killed.kills).toBe(3);
      expect(killed.paidAgainForNothing).toBe(0);
      expect(killed.paidAgain).toBeLessThanOrEqual(3 * CONCURRENCY);
      expect(killed.paid - killed.paidAgain).toBe(CASES);
      expect(JSON.parse(killed.result.out).asked).toBeLessThan(CASES);
      expect(lastingPart(killed.result.out)).toEqual(lastingPart(undisturbed.out));
    } finally {
      await api.close();
    }
  });
});
