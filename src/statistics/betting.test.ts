import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bettingTest } from './betting.ts';
import { seededRandom } from './random.ts';

describe('a test by betting', () => {
  it('has the p-value of its example', () => {
    const test = bettingTest(-1);
    for (let i = 0; i < 10; i++) test.observe(1);
    expect(test.p()).toBeCloseTo(0.0032, 4);
  });

  it('starts without evidence, and never takes back what it has shown', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true })), (values) => {
        const test = bettingTest(-1);
        let last = 1;
        expect(test.p()).toBe(1);
        for (const value of values) {
          test.observe(value);
          expect(test.p()).toBeLessThanOrEqual(last);
          expect(test.p()).toBeGreaterThan(0);
          last = test.p();
        }
      }),
    );
  });

  it('reaches p = 0.1 in at most a tenth of all ten tosses of a fair coin', () => {
    let reached = 0;
    for (let outcome = 0; outcome < 1_024; outcome++) {
      const test = bettingTest(-1);
      for (let toss = 0; toss < 10; toss++) test.observe(outcome & (1 << toss) ? 1 : -1);
      if (test.p() <= 0.1) reached++;
    }
    expect(reached / 1_024).toBeLessThanOrEqual(0.1);
  });

  it.each([0.05, 0.01])('reaches p = %d at any moment in no more than that share of fair games', (p) => {
    const random = seededRandom(7);
    let reached = 0;
    const games = 4_000;
    for (let game = 0; game < games; game++) {
      const test = bettingTest(-2);
      for (let i = 0; i < 400 && test.p() > p; i++) {
        const pair = random() < 0.1 ? 2 : 1;
        const chance = random();
        test.observe(chance < 0.025 ? pair : chance < 0.05 ? -pair : 0);
      }
      if (test.p() <= p) reached++;
    }
    expect(reached / games).toBeLessThanOrEqual(p);
  });
});
