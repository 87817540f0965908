import { describe, expect, it } from 'vitest';
import { answer, madeRun } from '../../test/oracles/made-run.ts';
import type { Rule } from '../schema/suite.ts';
import { calibrate } from './calibrate.ts';
import { calibrationNotes, calibrationTable, markdownTable, ruleTable } from './calibration-table.ts';
import { measuredNoise, type Noise } from './noise.ts';

const RULES: Rule[] = [
  { rule: 'no_worse_than_baseline', metric: 'tone.accuracy', margin: 0.03, alpha: 0.05 },
  { rule: 'no_worse_than_baseline', metric: 'tone.recall.up', margin: 0.05, alpha: 0.05 },
  { rule: 'must_pass', where: { tag: 'critical' }, known_failures: 'allowed' },
  { rule: 'floor', metric: 'tone.accuracy', min: 1 },
  { rule: 'budget', max_seconds: 1 },
];

/** 400 cases, a share of the first of them right. */
function toneRun(right: number, rules = RULES) {
  const run = madeRun(
    { tone: { kind: 'nominal', labels: ['up', 'down'] } },
    Array.from({ length: 400 }, (_, i) => {
      const [expected, other] = i % 2 === 0 ? ['up', 'down'] : ['down', 'up'];
      return {
        expected: { tone: expected ?? '' },
        tags: i < 10 ? ['critical'] : [],
        answers: [answer({ tone: (i < right * 400 ? expected : other) ?? '' })],
      };
    }),
  );
  return { ...run, suite: { ...run.suite, headline: 'tone.accuracy', rules } };
}

function calibrated(right: number, rate: number) {
  const noise: Noise = { rate, basis: 'given' };
  return calibrate(toneRun(right), { noise, simulations: 60, simulationsPerLoss: 10, seed: 1 });
}

describe('calibration', () => {
  const usual = calibrated(0.9, 0.05);

  it('finds few false alarms, and a loss the more often the larger it is', () => {
    const { conditions } = usual;
    const [unchanged, ...losses] = conditions.map(({ regressed }) => regressed.share);
    expect(unchanged).toBeLessThanOrEqual(0.05);
    expect(conditions[0]?.anyDrop.share).toBeGreaterThan(0.3);
    expect(losses.at(-1)).toBeGreaterThan(0.8);
    expect(losses[0]).toBeLessThan(losses.at(-2) ?? 0);
  });

  it('leaves no change without a ruling', () => {
    for (const { regressed, undecided, held } of usual.conditions)
      expect(regressed.share + undecided.share + held.share).toBeCloseTo(1, 9);
  });

  it('finds nothing where answers neither change by chance nor for the worse', () => {
    const [unchanged] = calibrated(0.9, 0).conditions;
    expect(unchanged).toMatchObject({ regressed: { share: 0 }, held: { share: 1 }, anyDrop: { share: 0 } });
  });

  it('tells of must_pass rules, which are no tests, apart', () => {
    const [unchanged] = usual.conditions;
    expect(unchanged?.rules.map(({ rule }) => rule)).toEqual([
      'no_worse_than_baseline',
      'no_worse_than_baseline',
      'must_pass',
    ]);
    expect(unchanged?.rules[2]?.regressed.share).toBeGreaterThan(unchanged?.regressed.share ?? 1);
  });

  it('leaves out losses that the run has not to lose', () => {
    const { conditions, unreachable } = calibrated(0.06, 0);
    expect(unreachable).toEqual([0.07, 0.1]);
    expect(conditions.map(({ loss }) => loss)).toEqual([0, 0.01, 0.02, 0.03, 0.05]);
  });

  it('is the same for the same seed', () => {
    const drawn = (seed: number) =>
      calibrate(toneRun(0.9), {
        noise: { rate: 0.1, basis: 'given' },
        simulations: 20,
        simulationsPerLoss: 1,
        seed,
      });
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(2)).not.toEqual(drawn(1));
  });

  it('says how far it is', () => {
    const seen: number[] = [];
    calibrate(toneRun(0.9), {
      noise: { rate: 0.05, basis: 'assumed' },
      simulations: 4,
      simulationsPerLoss: 1,
      seed: 1,
      onProgress: (done, total) => seen.push(done, total),
    });
    expect(seen.slice(0, 2)).toEqual([1, 10]);
    expect(seen.slice(-2)).toEqual([10, 10]);
  });
});

describe('the report of a calibration', () => {
  const calibration = calibrated(0.06, 0.05);

  it('has a row for each true loss', () => {
    const { head, rows } = calibrationTable(calibration);
    expect(head.slice(-2)).toEqual(['any drop fails', 'over 2 points fails']);
    expect(rows.map(([loss]) => loss)).toEqual(
      ['none', '1 point', ...[2, 3, 5, 7, 10].map((loss) => `${loss} points`)].slice(0, rows.length),
    );
    expect(rows[0]?.[1]).toMatch(/^\d+\.\d% \(\d+\.\d to \d+\.\d\)$/);
  });

  it('has a row for each rule that was judged', () => {
    expect(ruleTable(calibration).rows.map(([name]) => name)).toEqual([
      'accuracy of tone no worse than the baseline',
      'recall of up no worse than the baseline',
      'every case of tag:critical right',
    ]);
  });

  it('says where the noise is from and whether the promise was kept', () => {
    expect(calibrationNotes(calibration).join('\n')).toMatch(
      /5\.0% of answers come out otherwise by chance, as given by --noise\.\n.*\nFalse alarms may come to 5%: the gate keeps its word\./,
    );
    const [unchanged, ...others] = calibration.conditions;
    if (unchanged === undefined) throw new Error('nothing was simulated');
    const broken = { ...unchanged, regressed: { share: 0.2, low: 0.15, high: 0.26 } };
    expect(calibrationNotes({ ...calibration, conditions: [broken, ...others] }).join('\n')).toContain(
      'the gate does NOT keep its word',
    );
  });

  it('is a table on GitHub as well', () => {
    expect(markdownTable({ head: ['a', 'b'], rows: [['x|y', '1']] })).toEqual([
      '| a | b |',
      '| --- | ---: |',
      '| x\\|y | 1 |',
    ]);
  });
});

describe('measured noise', () => {
  it('is how often one of two answers departs from the usual one', () => {
    const tones = [...Array.from({ length: 81 }, () => 'up'), ...Array.from({ length: 19 }, () => 'down')];
    const run = madeRun(
      { tone: { kind: 'nominal', labels: ['up', 'down'] } },
      tones.map((second) => ({
        expected: { tone: 'up' },
        answers: [answer({ tone: 'up' }), answer({ tone: second })],
      })),
    );
    expect(measuredNoise({ ...run, suite: { ...run.suite, headline: 'tone.accuracy' } })).toBeCloseTo(0.1, 9);
  });

  it('is unknown where nothing was asked twice', () => {
    expect(measuredNoise(toneRun(0.9))).toBeNull();
  });
});
