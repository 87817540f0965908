import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidentJoint, jointOf, type Predicted } from './confident-joint.ts';

const [DOG, FOX, COW] = [0, 1, 2];

describe('confident joint', () => {
  it("gives the joint distribution of the paper's figure 1 from its counts of dogs, foxes and cows", () => {
    const counts = [
      [100, 40, 20],
      [56, 60, 0],
      [32, 12, 80],
    ];
    const joint = jointOf(
      counts,
      counts.map((row) => row.reduce((sum, count) => sum + count, 0)),
    );
    const expected = [
      [0.25, 0.1, 0.05],
      [0.14, 0.15, 0],
      [0.08, 0.03, 0.2],
    ];
    for (const [row, shares] of expected.entries())
      for (const [column, share] of shares.entries()) expect(joint[row]?.[column]).toBeCloseTo(share, 12);
  });

  it('counts a case for the most probable class that reaches its threshold, and else not at all', () => {
    // Thresholds by hand: dog (0.9 + 0.7 + 0.2) / 3 = 0.6, fox (0.7 + 0.5) / 2 = 0.6, cow 0.3.
    const cases: Predicted[] = [
      { given: DOG, probabilities: [0.9, 0.1, 0] },
      { given: DOG, probabilities: [0.7, 0.2, 0.1] },
      { given: DOG, probabilities: [0.2, 0.7, 0.1] },
      { given: FOX, probabilities: [0.1, 0.7, 0.2] },
      { given: FOX, probabilities: [0.25, 0.5, 0.25] },
      { given: COW, probabilities: [0.1, 0.6, 0.3] },
    ];
    const { thresholds, counts, joint, noise } = confidentJoint(cases, 3);
    expect(thresholds.map((value) => value?.toFixed(6))).toEqual(['0.600000', '0.600000', '0.300000']);
    expect(counts).toEqual([
      [2, 1, 0],
      [0, 1, 0],
      [0, 1, 0],
    ]);
    // Rows are scaled to 3, 2 and 1 of 6 labels.
    expect(joint[0]?.map((share) => share.toFixed(4))).toEqual(['0.3333', '0.1667', '0.0000']);
    expect(joint[1]?.map((share) => share.toFixed(4))).toEqual(['0.0000', '0.3333', '0.0000']);
    expect(joint[2]?.map((share) => share.toFixed(4))).toEqual(['0.0000', '0.1667', '0.0000']);
    expect(noise).toBeCloseTo(1 / 3, 12);
  });

  it('keeps to the label where classes are equally probable, and to labels nobody can judge', () => {
    const { counts, noise } = confidentJoint([{ given: FOX, probabilities: [0.5, 0.5] }], 2);
    expect({ counts, noise }).toEqual({
      counts: [
        [0, 0],
        [0, 1],
      ],
      noise: 0,
    });
    expect(confidentJoint([], 2)).toMatchObject({ thresholds: [null, null], noise: 0 });
    expect(jointOf([[0, 0]], [3])).toEqual([[1, 0]]);
  });

  it('is a distribution whose rows are the shares of the labels', () => {
    const one = fc.record({
      given: fc.nat({ max: 2 }),
      probabilities: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 40 }), (cases) => {
        const { joint, noise } = confidentJoint(cases, 3);
        for (const [label, row] of joint.entries()) {
          const share = cases.filter(({ given }) => given === label).length / cases.length;
          expect(row.reduce((sum, each) => sum + each, 0)).toBeCloseTo(share, 9);
        }
        expect(noise).toBeGreaterThanOrEqual(0);
        expect(noise).toBeLessThanOrEqual(1);
      }),
    );
  });
});
