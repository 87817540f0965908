import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from './random.ts';
import { reservoir } from './reservoir.ts';

function draw(size: number, n: number, seed: number): readonly number[] {
  const sample = reservoir<number>(size, seededRandom(seed));
  for (let i = 0; i < n; i++) sample.offer(() => i);
  return sample.drawn();
}

describe('a reservoir', () => {
  it('holds so many of the stream, none twice, and all of a short one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer(),
        (size, n, seed) => {
          const drawn = draw(size, n, seed);
          expect(drawn).toHaveLength(Math.min(size, n));
          expect(new Set(drawn).size).toBe(drawn.length);
          if (n <= size) expect(drawn).toEqual(Array.from({ length: n }, (_, index) => index));
        },
      ),
    );
  });

  it('draws each with the same chance', () => {
    const times = new Array<number>(30).fill(0);
    for (let seed = 0; seed < 6000; seed++)
      for (const each of draw(6, 30, seed)) times[each] = (times[each] ?? 0) + 1;
    // 6,000 draws of 6 in 30: 1,200 each, with a standard deviation of 31.
    for (const count of times) expect(Math.abs(count - 1200)).toBeLessThan(140);
  });
});
