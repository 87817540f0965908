import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, choiceLevel, chooseCell } from './choose.ts';

const LEVEL = 0.05;

type Say = 'fit' | 'worse' | 'undecided' | 'breaks-rule';

/** A cell among two of which the cases say so much. */
function candidate(say: Say, usdPer1000: number | null = 0, medianLatencyMs: number | null = 100): Candidate {
  const contest = {
    against: 0,
    metric: 'accuracy',
    isShownWorse: say === 'worse',
    lossAtLeastMargin: say === 'fit' || say === 'breaks-rule' ? 0.01 : 0.4,
    moreCases: 200,
  };
  return { contests: [contest], breaksRule: say === 'breaks-rule', usdPer1000, medianLatencyMs };
}

describe('the choice', () => {
  const table: [what: string, candidates: Candidate[], cell: number | null][] = [
    ['is the cheapest that is fit', [candidate('fit', 2), candidate('fit', 1), candidate('fit', 3)], 1],
    ['is no cheaper one that is shown worse', [candidate('fit', 2), candidate('worse', 1)], 0],
    ['is no cheaper one that is undecided', [candidate('fit', 2), candidate('undecided', 1)], 0],
    ['is none that breaks a rule by itself', [candidate('breaks-rule', 1), candidate('fit', 2)], 1],
    ['takes an unknown price for the dearest', [candidate('fit', null), candidate('fit', 900)], 1],
    ['is the quicker of two at one price', [candidate('fit', 1, 900), candidate('fit', 1, 300)], 1],
    [
      'does not tell apart latencies below a tenth of a second',
      [candidate('fit', 1, 31), candidate('fit', 1, 9)],
      0,
    ],
    ['is the first of equals', [candidate('fit', 1), candidate('fit', 1)], 0],
    ['is none where nothing is fit', [candidate('undecided'), candidate('worse')], null],
  ];
  for (const [what, candidates, cell] of table)
    it(what, () => expect(chooseCell(candidates, LEVEL).cell).toBe(cell));

  it('may be shown worse, where the loss is shown to be below the margin', () => {
    const [contest] = candidate('fit').contests;
    const slightlyWorse = {
      ...candidate('fit', 1),
      contests: contest ? [{ ...contest, isShownWorse: true }] : [],
    };
    expect(chooseCell([candidate('fit', 2), slightlyWorse], LEVEL)).toMatchObject({
      cell: 1,
      standings: ['fit', 'fit'],
    });
  });

  it('says how many cases more would tell of what would go before it, the fewest first', () => {
    const contest = { against: 1, metric: 'accuracy', isShownWorse: false, lossAtLeastMargin: 0.3 };
    const open: Candidate = {
      ...candidate('undecided', 1),
      contests: [
        { ...contest, moreCases: 40 },
        { ...contest, metric: 'recall', moreCases: 90 },
      ],
    };
    const need = { cell: 1, against: 1, metric: 'recall', cases: 90 };
    expect(chooseCell([candidate('fit', 2), open], LEVEL).need).toEqual(need);
    expect(chooseCell([candidate('fit', 0), open], LEVEL).need).toBeNull();
    expect(chooseCell([candidate('undecided'), open], LEVEL).need).toEqual(need);
  });

  it('says that no number would tell, where a contest has none', () => {
    const [contest] = candidate('undecided').contests;
    const open = { ...candidate('undecided'), contests: contest ? [{ ...contest, moreCases: null }] : [] };
    expect(chooseCell([open, candidate('worse')], LEVEL).need).toBeNull();
  });

  const anyCandidate = fc.record({
    contests: fc.array(
      fc.record({
        against: fc.nat(9),
        metric: fc.constantFrom('accuracy', 'recall'),
        isShownWorse: fc.boolean(),
        lossAtLeastMargin: fc.constantFrom(0, 0.01, 0.05, 0.2, 1),
        moreCases: fc.option(fc.nat(1000)),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    breaksRule: fc.boolean(),
    usdPer1000: fc.option(fc.constantFrom(0, 0.5, 1, 2)),
    medianLatencyMs: fc.option(fc.nat(2000)),
  });

  it('is never a cell that may lose the margin, and never dearer than another that is fit', () => {
    fc.assert(
      fc.property(fc.array(anyCandidate, { minLength: 2, maxLength: 8 }), (candidates) => {
        const { cell, standings } = chooseCell(candidates, LEVEL);
        expect(cell !== null).toBe(standings.includes('fit'));
        const chosen = cell === null ? undefined : candidates[cell];
        if (chosen === undefined) return;
        expect(chosen.breaksRule).toBe(false);
        for (const { lossAtLeastMargin } of chosen.contests)
          expect(lossAtLeastMargin).toBeLessThanOrEqual(LEVEL);
        const price = (each: Candidate) => each.usdPer1000 ?? Number.MAX_VALUE;
        for (const [index, each] of candidates.entries())
          if (standings[index] === 'fit') expect(price(chosen)).toBeLessThanOrEqual(price(each));
      }),
    );
  });

  it('is the same in whatever order the cells are given, up to ties', () => {
    const price = ({ usdPer1000, medianLatencyMs }: Candidate) => [
      usdPer1000,
      medianLatencyMs === null ? null : Math.round(medianLatencyMs / 100),
    ];
    const shuffled = fc
      .array(anyCandidate, { minLength: 2, maxLength: 8 })
      .chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()], { minLength: all.length })),
      );
    fc.assert(
      fc.property(shuffled, ([candidates, order]) => {
        const first = chooseCell(candidates, LEVEL);
        const again = order.flatMap((index) => candidates[index] ?? []);
        const second = chooseCell(again, LEVEL);
        expect(second.standings).toEqual(order.map((index) => first.standings[index]));
        const [a, b] = [candidates[first.cell ?? -1], again[second.cell ?? -1]];
        expect(a && price(a)).toEqual(b && price(b));
      }),
    );
  });
});

describe('the level of a cell', () => {
  it('is shared by all cells but one where one metric decides, and by all where several do', () => {
    expect(choiceLevel(0.06, 2, 1)).toBe(0.06);
    expect(choiceLevel(0.06, 4, 1)).toBe(0.02);
    expect(choiceLevel(0.06, 4, 3)).toBe(0.015);
  });
});
