import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MustPassRule, Rule } from '../schema/suite.ts';
import { pairRules, ruleDifferences } from './compare-rules.ts';

function floor(metric: string, min: number, tag?: string): Rule {
  return { rule: 'floor', metric, min, ...(tag === undefined ? {} : { where: { tag } }) };
}

const noWorse: Rule = { rule: 'no_worse_than_baseline', metric: 'a.accuracy', margin: 0.03, alpha: 0.05 };
const ids = fc.uniqueArray(fc.constantFrom('c1', 'c2', 'c3'), { minLength: 1 });
const mustPass: fc.Arbitrary<MustPassRule> = fc
  .record({
    field: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
    cases: fc.option(ids, { nil: undefined }),
    tag: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
    lang: fc.option(fc.constantFrom('en', 'zh'), { nil: undefined }),
    known: fc.boolean(),
  })
  .map(({ field, cases, tag, lang, known }) => ({
    rule: 'must_pass',
    ...(field === undefined ? {} : { field }),
    ...(cases === undefined ? {} : { cases }),
    where: { ...(tag === undefined ? {} : { tag }), ...(lang === undefined ? {} : { lang }) },
    ...(known ? { known_failures: 'allowed' as const } : {}),
  }));

describe('the counterpart of a rule', () => {
  it('is the equal one, wherever it stands', () => {
    const [low, high] = [floor('a.accuracy', 0.7), floor('a.accuracy', 0.8)];
    expect(pairRules([low, high], [high, low]).pairs).toEqual([
      { before: low, after: low },
      { before: high, after: high },
    ]);
    expect(pairRules([high], [low, high])).toEqual({
      pairs: [{ before: high, after: high }],
      removed: [],
      added: [low],
    });
  });

  it('is rather one about the same cases than another of the same metric', () => {
    const [all, some] = [floor('a.accuracy', 0.8), floor('a.accuracy', 0.8, 'x')];
    const [allNow, someNow] = [floor('a.accuracy', 0.7), floor('a.accuracy', 0.7, 'x')];
    expect(pairRules([all, some], [someNow, allNow]).pairs).toEqual([
      { before: all, after: allNow },
      { before: some, after: someNow },
    ]);
  });

  it('is rather one about the same metric than the next of its kind', () => {
    const [a, b] = [floor('a.accuracy', 0.8), floor('b.accuracy', 0.8)];
    const [bNow, cNow] = [floor('b.accuracy', 0.8, 'x'), floor('c.accuracy', 0.8)];
    expect(pairRules([a, b], [bNow, cNow]).pairs).toEqual([
      { before: a, after: cNow },
      { before: b, after: bNow },
    ]);
  });

  it('is never of another kind', () => {
    const rule = floor('a.accuracy', 0.8);
    expect(pairRules([rule], [noWorse])).toEqual({ pairs: [], removed: [rule], added: [noWorse] });
  });
});

describe('the direction in which a rule moved', () => {
  const directions = (before: Rule, after: Rule) =>
    ruleDifferences(before, after).map(({ property, direction }) => `${property}: ${direction}`);

  it('is not known of a property that this version does not know', () => {
    const later = { ...noWorse, patience: 3 };
    expect(directions(noWorse, later)).toEqual(['patience: incomparable']);
    expect(directions(later, noWorse)).toEqual(['patience: incomparable']);
  });

  it('is not known where a metric is measured on other cases, be they more', () => {
    expect(directions(floor('a.accuracy', 0.8, 'x'), floor('a.accuracy', 0.8))).toEqual([
      'where: incomparable',
    ]);
  });

  it('is looser without a limit', () => {
    const limited: Rule = { rule: 'budget', max_invalid: 0.02, max_usd: 1, max_seconds: 5 };
    expect(directions(limited, { rule: 'budget', max_invalid: 0.01, max_seconds: 9 })).toEqual([
      'max_invalid: tighter',
      'max_seconds: looser',
      'max_usd: looser',
    ]);
  });

  it('turns round when the change is taken back', () => {
    const turned = { looser: 'tighter', tighter: 'looser', incomparable: 'incomparable' } as const;
    fc.assert(
      fc.property(mustPass, mustPass, (before, after) => {
        const back = ruleDifferences(after, before).map(({ direction }) => direction);
        expect(ruleDifferences(before, after).map(({ direction }) => turned[direction])).toEqual(back);
      }),
    );
  });

  it('is tighter only where whatever passes now passed before', () => {
    const subjects = ['c1', 'c2', 'c3'].flatMap((id) =>
      ['x', 'y'].flatMap((tag) =>
        ['en', 'zh'].flatMap((lang) => ['a', 'b'].map((field) => ({ id, tag, lang, field }))),
      ),
    );
    const demands = (rule: MustPassRule) =>
      subjects.filter(
        ({ id, tag, lang, field }) =>
          (rule.cases?.includes(id) ?? true) &&
          (rule.field ?? field) === field &&
          (rule.where?.tag ?? tag) === tag &&
          (rule.where?.lang ?? lang) === lang,
      );
    fc.assert(
      fc.property(mustPass, mustPass, (before, after) => {
        if (ruleDifferences(before, after).some(({ direction }) => direction !== 'tighter')) return;
        expect(demands(after)).toEqual(expect.arrayContaining(demands(before)));
        expect(after.known_failures === undefined || before.known_failures === 'allowed').toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
