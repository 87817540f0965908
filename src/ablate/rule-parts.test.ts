import { describe, expect, it } from 'vitest';
import { answer, madeRun } from '../../test/oracles/made-run.ts';
import type { Field } from '../schema/field.ts';
import type { CaseRecord } from '../schema/run-record.ts';
import { ablatedMetrics } from './ablated-metrics.ts';
import { ruleParts } from './rule-parts.ts';

const FIELDS: Record<string, Field> = { color: { kind: 'nominal', labels: ['red', 'blue', 'green'] } };
const COLORS = ['red', 'blue', 'green'] as const;

/** 600 cases of which every fourth is wrong, and further ones as `isWrong` or `isMended` say. */
function casesOf(isWrong: (i: number) => boolean, isMended = (_: number) => false): CaseRecord[] {
  return madeRun(
    FIELDS,
    Array.from({ length: 600 }, (_, i) => {
      const wrong = (i % 4 === 0 && !isMended(i)) || isWrong(i);
      return {
        expected: { color: COLORS[i % 3] ?? 'red' },
        answers: [answer({ color: COLORS[(i + Number(wrong)) % 3] ?? 'red' })],
      };
    }),
  ).cases;
}

const suite = {
  ...madeRun(FIELDS, []).suite,
  headline: 'color.accuracy',
  rules: [
    { rule: 'no_worse_than_baseline' as const, metric: 'color.accuracy', margin: 0.05, alpha: 0.05 },
    { rule: 'floor' as const, metric: 'color.macro_f1', min: 0.5 },
  ],
};
const never = () => false;
const whole = casesOf(never);
const rule = (cases: Record<string, CaseRecord[]>, alpha = 0.05) => {
  const runs = Object.entries(cases).map(([name, own], index) => ({
    part: { name, kind: 'rule' as const, lines: { first: index, last: index } },
    tokens: 10,
    cases: own,
  }));
  return ruleParts(suite, whole, runs, alpha);
};

describe('a ruling on a part', () => {
  const { parts, tests } = rule({
    idle: casesOf(never),
    noisy: casesOf(
      (i) => i % 4 === 1 && i < 12,
      (i) => i < 12,
    ),
    needed: casesOf((i) => i % 5 === 1),
    harmful: casesOf(never, (i) => i % 5 === 0),
    doubtful: casesOf(
      (i) => i % 4 === 1 && i < 160,
      (i) => i < 100,
    ),
  });
  const of = (name: string) => parts.find(({ part }) => part.name === name);

  it('says that it earns its tokens where a metric is worse without it', () => {
    expect(of('needed')).toMatchObject({ ruling: 'earns', flips: { color: { fixed: 0 } } });
    expect(of('needed')?.metrics[0]).toMatchObject({
      metric: 'color.accuracy',
      shown: 'worse',
      margin: 0.05,
    });
    expect(of('needed')?.metrics[0]?.interval?.high).toBeLessThan(0);
  });

  it('says that it harms where a metric is better without it', () => {
    expect(of('harmful')).toMatchObject({ ruling: 'harms', flips: { color: { broken: 0 } } });
  });

  it('says so where no answer changed, or none that matters, or too few to tell', () => {
    expect(of('idle')).toMatchObject({ ruling: 'changes nothing', changed: 0, metrics: [] });
    expect(of('noisy')).toMatchObject({ ruling: 'no effect shown', changed: 6 });
    expect(of('doubtful')).toMatchObject({ ruling: 'unclear' });
  });

  it('counts no test for what changed no answer, and puts the largest loss first', () => {
    expect(tests).toBe(8);
    expect(parts.map(({ part }) => part.name)[0]).toBe('needed');
    expect(parts.at(-1)?.part.name).toBe('harmful');
  });

  it('is adjusted for all that is compared', () => {
    const small = casesOf((i) => i % 4 === 1 && i < 36);
    const alone = rule({ small }).parts[0]?.metrics[0]?.adjustedP ?? 1;
    const among = rule(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`small ${i}`, small])));
    expect(alone).toBeLessThan(0.05);
    expect(among.tests).toBe(40);
    expect(among.parts.every(({ ruling }) => ruling !== 'earns')).toBe(true);
  });
});

describe('the metrics of an ablation', () => {
  it('are the headline, those of rules with the strictest margin, and one a field', () => {
    const fields: Record<string, Field> = {
      ...FIELDS,
      topics: { kind: 'set', labels: ['a', 'b'] },
      sure: { kind: 'binary' },
    };
    const slice = { tag: 'hard' };
    const rules = [
      { rule: 'floor' as const, metric: 'color.accuracy', min: 0.4, where: slice },
      { rule: 'no_worse_than_baseline' as const, metric: 'color.accuracy', margin: 0.02, alpha: 0.05 },
      { rule: 'no_worse_than_baseline' as const, metric: 'sure.recall.true', margin: 0.1, alpha: 0.05 },
      { rule: 'budget' as const, max_invalid: 0.1 },
    ];
    expect(ablatedMetrics({ fields, headline: 'color.accuracy', rules })).toEqual([
      { metric: 'color.accuracy', where: null, margin: 0.02 },
      { metric: 'color.accuracy', where: slice, margin: 0.03 },
      { metric: 'sure.recall.true', where: null, margin: 0.1 },
      { metric: 'topics.jaccard', where: null, margin: 0.03 },
      { metric: 'sure.accuracy', where: null, margin: 0.03 },
    ]);
  });
});
