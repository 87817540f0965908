import { describe, expect, it } from 'vitest';
import { totalWithin } from './finite-total.ts';
import { seededRandom } from './random.ts';

function shuffled(values: readonly number[], seed: number): number[] {
  const random = seededRandom(seed);
  return values
    .map((value) => ({ value, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}

const population = (hits: number, of: number) => Array.from({ length: of }, (_, i) => Number(i < hits));

describe('a total that is drawn from without putting back', () => {
  it('is shown to stay within a limit before all is drawn', () => {
    const test = totalWithin(8, { draws: 400, largest: 1 });
    for (let i = 0; i < 150; i++) test.observe(0);
    expect(test.p()).toBeLessThan(0.05);
    expect(test.p()).toBeGreaterThan(0.01);
  });

  it('is certain at the end, either way', () => {
    for (const [hits, p] of [
      [8, 0],
      [9, 1],
    ] as const) {
      const test = totalWithin(8, { draws: 400, largest: 1 });
      for (const value of shuffled(population(hits, 400), 3)) test.observe(value);
      expect(test.p()).toBe(p);
    }
  });

  it('is wrongly shown to stay within it in at most 5% of orders', () => {
    const orders = 2_000;
    let wrong = 0;
    for (let order = 0; order < orders; order++) {
      const test = totalWithin(8, { draws: 400, largest: 1 });
      for (const value of shuffled(population(9, 400), order + 1)) {
        if (test.p() <= 0.05) break;
        test.observe(value);
      }
      if (test.p() <= 0.05) wrong++;
    }
    expect(wrong / orders).toBeLessThanOrEqual(0.05);
  });
});
