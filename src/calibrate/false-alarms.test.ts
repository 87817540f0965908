import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { plannedComparison } from '../compare/planned-comparison.ts';
import { loadWork } from '../project/load-work.ts';
import { findProject } from '../project/project.ts';
import { suiteOfRecord } from '../record/build-record.ts';
import { calibrate } from './calibrate.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MINUTES = 60_000;

describe.runIf(process.env.TOUCHSTONE_SLOW)('the gates that ship', () => {
  const work = loadWork(findProject(ROOT), { suites: [], model: 'embedded', cwd: ROOT });

  it.each(work.map((each) => [each.suite.suite.name, each] as const))(
    '%s: raises no more false alarms than alpha, and passes no more losses of the margin',
    { timeout: 20 * MINUTES },
    (_name, { suite, cases, baseline }) => {
      const { pairs, ...comparison } = plannedComparison(suiteOfRecord(suite), cases, baseline);
      const { conditions, alpha } = calibrate(
        { suite: comparison.suite, cases: pairs.map(({ before }) => before), repeats: 1 },
        {
          noise: { rate: 0.05, basis: 'assumed' },
          simulations: 2_000,
          simulationsPerLoss: 200,
          seed: 2_026,
        },
      );
      const [unchanged] = conditions;
      expect(unchanged?.regressed.low).toBeLessThanOrEqual(alpha);
      // All headlines that ship have a margin of 3 points.
      const atMargin = conditions.find(({ loss }) => loss === 0.03);
      expect(atMargin?.held.low).toBeLessThanOrEqual(alpha);
      expect(conditions.at(-1)?.regressed.low).toBeGreaterThan(0.8);
    },
  );
});
