import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareAxis } from './share-axis.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('the axis of shares', () => {
  it('begins at zero where the shares are of one size', () => {
    const axis = shareAxis([0.058, 0.041, 0.131], [0.135]);
    expect(axis.type).toBe('linear');
    expect(axis.domain[0]).toBe(0);
    expect(axis.ticks.map(axis.format)).toEqual(['0%', '5%', '10%']);
  });

  it('is logarithmic where a rare one stands beside a common one', () => {
    const axis = shareAxis([0.029, 0.0031, 0.0007], [0, 0.0294]);
    expect(axis.type).toBe('log');
    expect(axis.ticks.map(axis.format)).toEqual(['0.1%', '0.3%', '1%', '3%']);
  });

  it('has room for every share that is not zero, and some ticks within, whatever the shares are', () => {
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 8 }), fc.array(share), (values, ends) => {
        const { type, domain, ticks } = shareAxis(values, ends);
        const [low, high] = domain;
        expect(low).toBeLessThan(high);
        if (type === 'log') expect(low).toBeGreaterThan(0);
        for (const value of values.filter((each) => each > 1e-12)) {
          expect(value).toBeGreaterThanOrEqual(low);
          expect(value).toBeLessThanOrEqual(high + 1e-12);
        }
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(low);
          expect(tick).toBeLessThanOrEqual(high + 1e-12);
        }
        expect(ticks.length).toBeLessThan(20);
      }),
    );
  });
});
