import { describe, expect, it } from 'vitest';
import type { Calibration, Condition } from '../../calibrate/calibrate.ts';
import { rateOf } from '../../calibrate/rate.ts';
import { calibrationChart } from './calibration-chart.ts';

function condition(loss: number, regressed: number): Condition {
  return {
    loss,
    simulations: 100,
    regressed: rateOf(regressed, 100),
    undecided: rateOf(0, 100),
    held: rateOf(100 - regressed, 100),
    anyDrop: rateOf(50, 100),
    dropOverThreshold: rateOf(20, 100),
    rules: [],
  };
}

function calibration(suite: string): Calibration {
  return {
    suite,
    headline: 'tone.accuracy',
    cases: 400,
    families: 400,
    repeats: 1,
    noise: { rate: 0.05, basis: 'assumed' },
    alpha: 0.05,
    conditions: [condition(0, 3), condition(0.05, 70), condition(0.1, 100)],
    unreachable: [],
  };
}

describe('the chart of a calibration', () => {
  const chart = calibrationChart([calibration('one'), calibration('two')]);
  const count = (pattern: RegExp) => chart.match(pattern)?.length ?? 0;

  it('has a panel for each suite, three curves in each, and an interval at every point', () => {
    expect(count(/<polyline/g)).toBe(2 * 3);
    expect(count(/class="bar /g)).toBe(2 * 3 * 3);
    expect(count(/class="title"/g)).toBe(2);
    expect(chart).toContain('viewBox="0 0 680 344"');
  });

  it('puts the more often failed higher up', () => {
    const [points = ''] = chart.match(/(?<=class="line judge" points=")[^"]+/) ?? [];
    const heights = points.split(' ').map((point) => Number(point.split(',')[1]));
    expect(heights).toEqual(heights.toSorted((a, b) => b - a));
    expect(heights).toHaveLength(3);
  });

  it('says in words what it shows', () => {
    expect(chart).toContain('role="img" aria-labelledby="title description"');
    expect(chart).toContain('With a loss of 5 points: Touchstone: regressed 70.0%, fail on any drop 50.0%');
  });

  it('asks nothing of the network and suits a dark page', () => {
    expect(chart.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|url\(|<script|href/);
    expect(chart).toContain('prefers-color-scheme: dark');
  });
});
