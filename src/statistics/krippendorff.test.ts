import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { krippendorffInterval, krippendorffNominal } from './krippendorff.ts';

const units = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }), { maxLength: 15 });

describe("Krippendorff's alpha", () => {
  it('gives the value of a worked example', () => {
    // Observed disagreement 1/3; by chance 3 * 3 * 2 of 6 * 5 pairs differ.
    expect(
      krippendorffNominal([
        ['a', 'a'],
        ['b', 'b'],
        ['a', 'b'],
      ]),
    ).toBeCloseTo(1 - 1 / 3 / (18 / 30), 12);
  });

  it('is 1 where all agree on more than one label', () => {
    expect(
      krippendorffNominal([
        ['a', 'a', 'a'],
        ['b', 'b'],
      ]),
    ).toBe(1);
  });

  it('is undefined where only one label was given, or no unit has two votes', () => {
    expect(
      krippendorffNominal([
        ['a', 'a'],
        ['a', 'a'],
      ]),
    ).toBeNull();
    expect(krippendorffNominal([['a'], ['b'], []])).toBeNull();
  });

  it('does not care what labels are called, nor about units with one vote', () => {
    fc.assert(
      fc.property(units, (votes) => {
        const renamed = [...votes.map((unit) => unit.map((vote) => `label ${9 - vote}`)), ['label 1']];
        expect(krippendorffNominal(renamed) ?? 9).toBeCloseTo(krippendorffNominal(votes) ?? 9, 10);
      }),
    );
  });

  it('does not care where the scale starts nor how long its steps are', () => {
    fc.assert(
      fc.property(units, (votes) => {
        const rescaled = votes.map((unit) => unit.map((vote) => 100 - 0.5 * vote));
        expect(krippendorffInterval(rescaled) ?? 9).toBeCloseTo(krippendorffInterval(votes) ?? 9, 8);
      }),
    );
  });
});
