import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moverInterval } from './mover.ts';
import { wilsonInterval } from './wilson.ts';

const distance = fc.double({ min: 0, max: 1, noNaN: true });

describe('square and add', () => {
  it('adds the squares of the reaches on either side', () => {
    const reaches = [
      { down: 0.3, up: 0.1 },
      { down: 0.4, up: 0 },
    ];
    expect(moverInterval(0.5, reaches).low).toBeCloseTo(0, 12);
    expect(moverInterval(0.5, reaches).high).toBeCloseTo(0.6, 12);
  });

  it("gives Newcombe's published interval of the difference 56/70 - 48/80", () => {
    const [a, b] = [wilsonInterval(56, 70), wilsonInterval(48, 80)];
    if (a === null || b === null) throw new Error('no interval');
    const [p, q] = [56 / 70, 48 / 80];
    const { low, high } = moverInterval(p - q, [
      { down: p - a.low, up: a.high - p },
      { down: b.high - q, up: q - b.low },
    ]);
    expect(low).toBeCloseTo(0.0524, 4);
    expect(high).toBeCloseTo(0.3339, 4);
  });

  it('is never narrower for one more quantity', () => {
    const reach = fc.record({ down: distance, up: distance });
    fc.assert(
      fc.property(fc.array(reach, { minLength: 1, maxLength: 6 }), (reaches) => {
        const all = moverInterval(0.5, reaches);
        const fewer = moverInterval(0.5, reaches.slice(1));
        expect(all.low).toBeLessThanOrEqual(fewer.low + 1e-12);
        expect(all.high).toBeGreaterThanOrEqual(fewer.high - 1e-12);
        expect(fewer.low).toBeLessThanOrEqual(0.5);
      }),
    );
  });
});
