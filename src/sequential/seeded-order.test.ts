import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededOrder } from './seeded-order.ts';

const placed = fc.uniqueArray(
  fc.record({ id: fc.string(), family: fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__', '') }),
  { selector: ({ id }) => id },
);

describe('the seeded order', () => {
  it('keeps families together, loses nothing, and does not depend on the order given', () => {
    fc.assert(
      fc.property(placed, fc.nat(), (cases, seed) => {
        const order = seededOrder(cases, seed);
        expect(order.flat().toSorted(byId)).toEqual(cases.toSorted(byId));
        for (const family of order) expect(new Set(family.map((each) => each.family)).size).toBe(1);
        expect(new Set(order.map(([first]) => first?.family)).size).toBe(order.length);
        expect(seededOrder(cases.toReversed(), seed)).toEqual(order);
      }),
    );
  });

  it('can be told from a part of the cases', () => {
    fc.assert(
      fc.property(placed, fc.nat(), fc.nat(), (cases, seed, count) => {
        const first = seededOrder(cases, seed).slice(0, count);
        expect(seededOrder(first.flat(), seed)).toEqual(first);
      }),
    );
  });

  it('puts every family first for some seed, about as often as any other', () => {
    const cases = Array.from({ length: 10 }, (_, i) => ({ id: `c${i}`, family: `f${i}` }));
    const first = Array.from({ length: 2_000 }, (_, seed) => seededOrder(cases, seed)[0]?.[0]?.id);
    const counts = Map.groupBy(first, (id) => id);
    expect(counts.size).toBe(10);
    for (const { length } of counts.values()) {
      expect(length).toBeGreaterThan(150);
      expect(length).toBeLessThan(250);
    }
  });
});

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}
