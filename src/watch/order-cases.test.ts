import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderCases } from './order-cases.ts';

const tags = fc.subarray(['boundary', 'critical', 'english']);
const cases = fc
  .uniqueArray(fc.record({ id: fc.stringMatching(/^c\d{1,4}$/), tags }), { selector: ({ id }) => id })
  .chain((all) => {
    const ids = fc.subarray(all.map(({ id }) => id)).map((chosen) => new Set(chosen));
    return fc.record({ all: fc.constant(all), flipped: ids, unsteady: ids });
  });

describe('orderCases', () => {
  it('leaves nothing out and puts the kinds that tell most first', () => {
    fc.assert(
      fc.property(cases, fc.integer(), ({ all, ...history }, seed) => {
        const ordered = orderCases(all, history, seed);
        expect(new Set(ordered)).toEqual(new Set(all));
        expect(ordered).toHaveLength(all.length);
        const kinds = ordered.map((each) => {
          if (history.flipped.has(each.id)) return 0;
          if (history.unsteady.has(each.id) || each.tags.includes('boundary')) return 1;
          return each.tags.includes('critical') ? 2 : 3;
        });
        expect(kinds).toEqual(kinds.toSorted());
      }),
    );
  });

  it('gives the same order for the same seed, whatever order it was given', () => {
    fc.assert(
      fc.property(cases, fc.integer(), ({ all, ...history }, seed) => {
        expect(orderCases(all.toReversed(), history, seed)).toEqual(orderCases(all, history, seed));
      }),
    );
  });

  it('shuffles cases of one kind', () => {
    const all = Array.from({ length: 50 }, (_, index) => ({ id: `c${index}`, tags: [] }));
    const history = { flipped: new Set<string>(), unsteady: new Set<string>() };
    const orders = [1, 2, 3].map((seed) =>
      orderCases(all, history, seed)
        .map(({ id }) => id)
        .join(),
    );
    expect(new Set(orders).size).toBe(3);
  });
});
