import { describe, expect, it } from 'vitest';
import { moreCasesToDecide } from './cases-to-decide.ts';

const undecided = { n: 400, loss: 0.005, standardError: 0.01, margin: 0.02, alpha: 0.05 };

describe('how many more cases would decide', () => {
  it('is what brings the standard error down to the distance from the margin', () => {
    // 400 * ((1.645 + 0.842) * 0.01 / 0.015)^2 = 1,099.
    expect(moreCasesToDecide(undecided)).toBe(700);
  });

  it('goes by the loss where that is farther from none than from the margin', () => {
    expect(moreCasesToDecide({ ...undecided, loss: 0.015 })).toBe(700);
  });

  it('is most where the loss seen is half the margin', () => {
    const at = (loss: number) => moreCasesToDecide({ ...undecided, loss }) ?? 0;
    expect(at(0.01)).toBeGreaterThan(at(0.009));
    expect(at(0.01)).toBeGreaterThan(at(0.011));
  });

  it('is none where the cases at hand should do, and unknown without a standard error', () => {
    expect(moreCasesToDecide({ ...undecided, standardError: 0.001 })).toBe(0);
    expect(moreCasesToDecide({ ...undecided, standardError: 0 })).toBeNull();
  });
});
