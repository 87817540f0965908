import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerOf, type Given, runSoFar } from '../../test/run-so-far.ts';
import { assess } from '../judge/assess.ts';
import type { Rule } from '../schema/suite.ts';
import { acceptedAnswer, completeRun } from './complete-run.ts';
import { decidedRuling } from './decided-ruling.ts';

const NO_WORSE: Rule = { rule: 'no_worse_than_baseline', metric: 'mood.accuracy', margin: 0.05, alpha: 0.05 };
const MUST_PASS: Rule = { rule: 'must_pass', where: { tag: 'critical' } };
const FLOOR: Rule = { rule: 'floor', metric: 'mood.accuracy', min: 0.5 };

/** So many cases that were right, of which the first are answered. */
function cases(n: number, now: (index: number) => number | null): Given[] {
  return Array.from({ length: n }, (_, index) => ({
    ...{ expected: 0, before: 0, now: now(index) },
    tags: index < 5 ? ['critical'] : [],
  }));
}

function decide(given: readonly Given[], rules: Rule[], request?: string) {
  const { soFar, baseline } = runSoFar(given, rules, request === undefined ? {} : { request });
  return decidedRuling(soFar, baseline);
}

describe('decidedRuling', () => {
  it('has regressed as soon as a case is wrong that must be right', () => {
    const found = decide(
      cases(200, (index) => (index === 0 ? 1 : null)),
      [NO_WORSE, MUST_PASS],
    );
    expect(found).toMatchObject({ ruling: 'regressed', blocks: true });
    expect(found?.rules.map(({ rule }) => rule.rule)).toEqual(['must_pass']);
  });

  it('has regressed when a loss is significant even if all the rest is right', () => {
    const wrong = (count: number) => cases(200, (index) => (index < 10 ? 0 : index < 10 + count ? 1 : null));
    expect(decide(wrong(2), [NO_WORSE])).toBeNull();
    expect(decide(wrong(12), [NO_WORSE])?.ruling).toBe('regressed');
  });

  it('holds only when too few cases are left to change that', () => {
    const answered = (count: number) => cases(400, (index) => (index < count ? 0 : null));
    expect(decide(answered(200), [NO_WORSE, MUST_PASS])).toBeNull();
    expect(decide(answered(398), [NO_WORSE, MUST_PASS])?.ruling).toBe('held');
  });

  it('stays open for a metric, a cost or a time that has no ends', () => {
    const given = cases(400, (index) => (index < 399 ? 0 : null));
    expect(decide(given, [{ ...NO_WORSE, metric: 'mood.macro_f1' }])).toBeNull();
    expect(decide(given, [NO_WORSE, { rule: 'budget', max_usd: 5 }])).toBeNull();
    expect(decide(given, [NO_WORSE, { rule: 'budget', max_invalid: 0.5 }])?.ruling).toBe('held');
    expect(decide(given, [FLOOR])?.ruling).toBe('held');
    const together = given.map((each) => ({ ...each, family: 1 }));
    expect(decide(together, [FLOOR])).toBeNull();
  });

  it('stays open while the run may turn out to be the accepted one over again', () => {
    const given = cases(12, (index) => (index < 11 ? 0 : null));
    expect(decide(given, [NO_WORSE], '1')?.ruling).toBe('undecided');
    expect(decide(given, [NO_WORSE], '0')).toBeNull();
  });

  it('is what the whole run says, whatever the rest brings', () => {
    const level = fc.integer({ min: 0, max: 2 });
    const mostly = fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, level);
    const one = fc.record({
      ...{ expected: mostly, before: mostly, now: mostly, rest: mostly },
      family: fc.integer({ min: 0, max: 1_000 }),
      tags: fc.integer({ min: 0, max: 4 }).map((place) => (place === 0 ? ['critical'] : [])),
    });
    const rules = fc.subarray<Rule>(
      [
        NO_WORSE,
        MUST_PASS,
        FLOOR,
        { ...NO_WORSE, metric: 'mood.mae', margin: 0.2 },
        { rule: 'budget', max_invalid: 0.1 },
      ],
      { minLength: 1 },
    );
    fc.assert(
      fc.property(
        fc.array(one, { minLength: 1, maxLength: 120 }),
        rules,
        fc.constantFrom(0.3, 0.7, 0.9, 0.97, 0.99),
        fc.boolean(),
        (all, chosen, share, asBefore) => {
          const asked = Math.floor(all.length * share);
          const given = all.map((each, index) => ({ ...each, now: index < asked ? each.now : null }));
          const { soFar, baseline } = runSoFar(given, chosen);
          const decided = decidedRuling(soFar, baseline);
          if (decided === null) return;
          const indexOf = new Map(soFar.cases.map(({ id }, index) => [id, index]));
          const accepted = acceptedAnswer(baseline);
          const run = completeRun(soFar, (each) =>
            asBefore ? accepted(each) : answerOf(all[indexOf.get(each.id) ?? 0]?.rest ?? 0),
          );
          expect(assess(run, baseline).verdict).toMatchObject({
            ruling: decided.ruling,
            blocks: decided.blocks,
          });
        },
      ),
      { numRuns: 150 },
    );
  });
});
