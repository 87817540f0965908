import { describe, expect, it } from 'vitest';
import { sampleBinomial } from '../statistics/binomial-sample.ts';
import { pairedMeanDifference } from '../statistics/paired-mean-difference.ts';
import { pairedPrevalence } from '../statistics/paired-prevalence.ts';
import { type Random, seededRandom } from '../statistics/random.ts';
import type { Range } from '../statistics/range.ts';
import { shiftBootstrap } from '../statistics/shift-bootstrap.ts';

const CONVERSATIONS = 131_484;

/** Draws how many of n fall to each of several outcomes. */
function drawCounts(random: Random, n: number, shares: readonly number[]): number[] {
  let [left, mass] = [n, 1];
  return shares.map((share) => {
    const drawn = sampleBinomial(random, left, share / mass);
    left -= drawn;
    mass -= share;
    return drawn;
  });
}

function holds(range: Range | null | undefined, value: number): boolean {
  return range !== null && range !== undefined && range.low <= value && value <= range.high;
}

function expectNear95(covered: number): void {
  expect(covered).toBeGreaterThanOrEqual(0.93);
  expect(covered).toBeLessThanOrEqual(0.97);
}

describe('what a prompt change moves', () => {
  it('is in 93 to 97% of the intervals of a difference of rare labels', () => {
    const [baselineOnly, candidateOnly] = [0.001, 0.0005];
    const random = seededRandom(3);
    let covered = 0;
    for (let i = 0; i < 4_000; i++) {
      const [b = 0, c = 0] = drawCounts(random, CONVERSATIONS, [baselineOnly, candidateOnly]);
      const counts = { both: 400, baselineOnly: b, candidateOnly: c, neither: CONVERSATIONS - 400 - b - c };
      covered += Number(holds(pairedPrevalence(counts)?.interval, candidateOnly - baselineOnly));
    }
    expectNear95(covered / 4_000);
  });
});

/** Resampling in every sample: a minute, so not in every run. */
describe.runIf(process.env.TOUCHSTONE_SLOW)(
  'a bootstrap interval covers the true value in 93 to 97% of samples',
  () => {
    const samples = 4_000;
    const shifts = [-1.5, -1, -0.5, 0, 0.5, 1, 1.5];
    const shares = [0.02, 0.08, 0.15, 0.45, 0.2, 0.08, 0.02];

    it.each([20, 50, 100, 1000, 30_000])(
      'of the mean shift of %i conversations',
      (n) => {
        const truth = shares.reduce((sum, share, i) => sum + share * (shifts[i] ?? 0), 0);
        const random = seededRandom(n);
        let covered = 0;
        for (let seed = 0; seed < samples; seed++) {
          const counts = drawCounts(random, n, shares).map((conversations, i) => ({
            opening: 0,
            closing: shifts[i] ?? 0,
            conversations,
          }));
          covered += Number(holds(shiftBootstrap(counts, { seed })?.interval, truth));
        }
        expectNear95(covered / samples);
      },
      600_000,
    );

    it.each([400, 4000, 100_000])(
      'of the difference of two rates in %i conversations',
      (n) => {
        const states = [null, 0, 1].flatMap((baseline) =>
          [null, 0, 1].map((candidate) => ({ baseline, candidate })),
        );
        const chances = [0.06, 0.015, 0.005, 0.035, 0.8, 0.01, 0.005, 0.02, 0.05];
        const truth = (0.005 + 0.01 + 0.05) / 0.9 - (0.005 + 0.02 + 0.05) / 0.92;
        const random = seededRandom(n);
        let covered = 0;
        for (let seed = 0; seed < samples; seed++) {
          const drawn = drawCounts(random, n, chances);
          const counts = states.map((state, i) => ({ ...state, conversations: drawn[i] ?? 0 }));
          covered += Number(holds(pairedMeanDifference(counts, { seed })?.interval, truth));
        }
        expectNear95(covered / samples);
      },
      600_000,
    );
  },
);
