import { describe, expect, it } from 'vitest';
import { nameFigure, showDifference, showFigure } from './figure-text.ts';

describe('the text of a figure', () => {
  it.each([
    ['prevalence', 0.0041, { low: 0.0035, high: 0.0048 }, '0.41% (0.35 to 0.48)'],
    ['rate', 0.123, { low: 0.1, high: 0.15 }, '12.3% (10.0 to 15.0)'],
    ['prevalence', 0.00002, { low: 0, high: 0.00009 }, '0.002% (0.000 to 0.009)'],
    ['prevalence', 0, null, '0.00%'],
    ['shift', 0.3123, { low: 0.301, high: 0.323 }, '+0.312 (+0.301 to +0.323)'],
    ['shift', -0.0001, null, '0.000'],
  ] as const)('is of a %s of %d as people say it', (kind, value, interval, text) => {
    expect(showFigure(kind, value, interval)).toBe(text);
  });

  it('is of a difference in points, with as many decimals as the figures', () => {
    expect(showDifference('prevalence', -0.0006, { low: -0.0008, high: -0.0004 }, 0.0047)).toBe(
      '-0.06 points (-0.08 to -0.04)',
    );
    expect(showDifference('shift', 0.01, null, 0.3)).toBe('+0.010');
  });

  it('names what the figure is of', () => {
    const name = { of: 'pushback.pushback', label: null, topic: 'coaching' };
    expect(nameFigure({ ...name, kind: 'rate' })).toBe('pushback.pushback in coaching');
    expect(nameFigure({ ...name, kind: 'reason', label: 'policy' })).toBe(
      'policy among pushback.pushback in coaching',
    );
    expect(nameFigure({ ...name, kind: 'prevalence', of: null, topic: null })).toBe('prevalence of all kept');
  });
});
