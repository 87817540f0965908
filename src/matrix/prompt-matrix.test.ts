import { describe, expect, it } from 'vitest';
import { madeUpRun, wrongEvery } from '../../test/compare-runs.ts';
import { isShownWorse } from './compare-cells.ts';
import { promptMatrix } from './prompt-matrix.ts';

const options = { metric: 'color.accuracy', margin: 0.03, alpha: 0.05 };
const cases = 600;
const good = wrongEvery(cases, 20);
const bad = wrongEvery(cases, 3);

describe('a matrix of prompts by models', () => {
  it('chooses the cheap one that is as good, not the cheapest', () => {
    const runs = [
      madeUpRun({ prompt: 'a.md', model: 'dear', right: good, usd: 0.02 }),
      madeUpRun({ prompt: 'a.md', model: 'cheap', right: wrongEvery(cases, 20, 1), usd: 0.001 }),
      madeUpRun({ prompt: 'a.md', model: 'free', right: bad }),
    ];
    const { choice, metrics, cells, level } = promptMatrix(runs, options);
    expect(level).toBe(0.025);
    expect(choice).toMatchObject({ standings: ['fit', 'fit', 'worse'], cell: 1, need: null });
    const narrower = promptMatrix(runs, { ...options, margin: 0.01 });
    expect(narrower.choice.standings).toEqual(['undecided', 'undecided', 'worse']);
    expect(narrower.choice.need?.cases).toBeGreaterThan(1000);
    expect(cells[1]?.figures.usdPer1000).toBeCloseTo(1);
    const [by] = metrics;
    expect(by && [isShownWorse(by, 2, 0), isShownWorse(by, 0, 2), isShownWorse(by, 1, 0)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('has wider intervals the more pairs are compared', () => {
    const run = (prompt: string, from: number) =>
      madeUpRun({ prompt, model: 'm', right: wrongEvery(cases, 20, from) });
    const width = (prompts: number) => {
      const runs = Array.from({ length: prompts }, (_, index) => run(`${index}.md`, index));
      const interval = promptMatrix(runs, options).metrics[0]?.against[1]?.[0]?.interval;
      return (interval?.high ?? 0) - (interval?.low ?? 0);
    };
    expect(width(4)).toBeGreaterThan(width(2) * 1.2);
  });

  it('looks at the metric of every rule, so that a gain in one hides no loss in another', () => {
    const rule = {
      rule: 'no_worse_than_baseline',
      metric: 'color.recall.red',
      margin: 0.05,
      alpha: 0.05,
    } as const;
    // The second is right everywhere but on a third of the reds.
    const right = Array.from({ length: cases }, (_, index) => index % 9 !== 0);
    const runs = [
      madeUpRun({ prompt: 'a.md', model: 'm', right: wrongEvery(cases, 3, 1), usd: 1, rules: [rule] }),
      madeUpRun({ prompt: 'b.md', model: 'm', right, usd: 0.5, rules: [rule] }),
    ];
    expect(promptMatrix(runs, options).choice).toMatchObject({ standings: ['worse', 'worse'], cell: null });
  });

  it('leaves out what breaks a floor by itself, and says so', () => {
    const rules = [{ rule: 'floor', metric: 'color.accuracy', min: 0.8 } as const];
    const runs = [
      madeUpRun({ prompt: 'a.md', model: 'm', right: bad, rules }),
      madeUpRun({ prompt: 'b.md', model: 'm', right: bad, rules }),
    ];
    const { choice, cells } = promptMatrix(runs, options);
    expect(choice).toMatchObject({ standings: ['breaks-rule', 'breaks-rule'], cell: null, need: null });
    expect(cells[0]?.breaks).toMatchObject([{ rule: { rule: 'floor' }, ruling: 'regressed' }]);
  });

  it('counts answers that cannot be used as wrong', () => {
    const right = good.map((isRight, index) => (index % 4 === 0 ? null : isRight));
    const runs = [
      madeUpRun({ prompt: 'a.md', model: 'm', right: good }),
      madeUpRun({ prompt: 'b.md', model: 'm', right }),
    ];
    const { cells, choice } = promptMatrix(runs, options);
    expect(cells[1]?.figures.unusable.invalid).toBe(150);
    expect(choice.standings[1]).toBe('worse');
  });
});
