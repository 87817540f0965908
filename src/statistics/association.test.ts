import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cohenKappa } from './cohen-kappa.ts';
import { kendallTauB } from './kendall-tau-b.ts';
import { matthewsCorrelation } from './matthews.ts';
import { spearman } from './spearman.ts';
import { tabulate } from './table.ts';

const level = fc.integer({ min: 0, max: 4 });
const pairs = fc.array(fc.tuple(level, level), { minLength: 1, maxLength: 40 });
const EXAMPLE = { rows: 2, columns: 2, counts: [20, 5, 10, 15] };

function pearson(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = mean(a.map((value, i) => (value - meanA) * ((b[i] ?? 0) - meanB)));
  const spread = (values: readonly number[], center: number) =>
    mean(values.map((value) => (value - center) ** 2));
  return product / Math.sqrt(spread(a, meanA) * spread(b, meanB));
}

function midranks(values: readonly number[]): number[] {
  return values.map(
    (value) =>
      values.filter((other) => other < value).length +
      (values.filter((other) => other === value).length + 1) / 2,
  );
}

function expectSame(ours: number | null, theirs: number): void {
  if (Number.isFinite(theirs)) expect(ours).toBeCloseTo(theirs, 9);
  else expect(ours).toBeNull();
}

describe('measures of agreement and association', () => {
  it('give the values of a worked example', () => {
    expect(cohenKappa(EXAMPLE)).toBeCloseTo(0.4, 12);
    for (const measure of [matthewsCorrelation, kendallTauB, spearman])
      expect(measure(EXAMPLE)).toBeCloseTo(250 / Math.sqrt(30 * 20 * 25 * 25), 12);
  });

  it("give Spearman's correlation as that of midranks, case by case", () => {
    fc.assert(
      fc.property(pairs, (cases) => {
        const [a, b] = [cases.map(([x]) => x), cases.map(([, y]) => y)];
        expectSame(spearman(tabulate(cases, 5)), pearson(midranks(a), midranks(b)));
      }),
    );
  });

  it("give Kendall's tau-b as counted pair by pair", () => {
    fc.assert(
      fc.property(pairs, (cases) => {
        let [surplus, untiedA, untiedB] = [0, 0, 0];
        for (const [a, b] of cases)
          for (const [c, d] of cases) {
            surplus += Math.sign(a - c) * Math.sign(b - d);
            untiedA += Math.abs(Math.sign(a - c));
            untiedB += Math.abs(Math.sign(b - d));
          }
        expectSame(kendallTauB(tabulate(cases, 5)), surplus / Math.sqrt(untiedA * untiedB));
      }),
    );
  });

  it('give linear and quadratic kappa as unweighted kappa where there are two levels', () => {
    const binary = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 1 })));
    fc.assert(
      fc.property(binary, (cases) => {
        const table = tabulate(cases, 2);
        expect(cohenKappa(table, 'linear')).toBe(cohenKappa(table));
        expect(cohenKappa(table, 'quadratic')).toBe(cohenKappa(table));
      }),
    );
  });

  it('do not depend on how many times everything is counted', () => {
    fc.assert(
      fc.property(pairs, (cases) => {
        const once = tabulate(cases, 5);
        const third = {
          ...once,
          counts: once.counts.length === 0 ? [] : Array.from(once.counts, (n) => n / 3),
        };
        for (const measure of [cohenKappa, matthewsCorrelation, kendallTauB, spearman])
          expect(measure(third) ?? 9).toBeCloseTo(measure(once) ?? 9, 9);
      }),
    );
  });

  it('are undefined without cases', () => {
    for (const measure of [cohenKappa, matthewsCorrelation, kendallTauB, spearman])
      expect(measure(tabulate([], 3))).toBeNull();
  });
});
