import { bettingTest } from './betting.ts';

/** A finite population that is drawn from without putting back. */
export interface FinitePopulation {
  /** How many draws there are in all. */
  draws: number;
  /** The most that one draw can add; each adds 0 or more. */
  largest: number;
}

/** Evidence that a total over a finite population stays within a limit, before all of it was seen. */
export interface TotalTest {
  /** One more draw, at random from what is left. */
  observe(value: number): void;
  /** p-value of the total being over the limit, valid at whatever moment it is read. */
  p(): number;
}

/**
 * Bets, before each draw, that it will be below the mean of what is left if the total were just over the limit.
 * Were it over, that mean could only be higher, and no bet would be in the bettor's favour.
 *
 * Source: Waudby-Smith and Ramdas (2020), "Confidence sequences for sampling without replacement", NeurIPS 33.
 *
 * @param limit whole and from 0; totals are whole
 *
 * @example
 * const test = totalWithin(8, { draws: 400, largest: 1 });
 * for (let i = 0; i < 150; i++) test.observe(0);
 * test.p(); // 0.039…
 */
export function totalWithin(limit: number, { draws, largest }: FinitePopulation): TotalTest {
  const test = bettingTest(-largest);
  let total = 0;
  let left = draws;
  let isCertain = draws * largest <= limit;
  return {
    observe(value) {
      const mean = (limit + 1 - total) / left;
      // Not even the largest draws would take the total over the limit.
      if (mean > largest) isCertain = true;
      else if (mean > 0) test.observe(mean - value, Math.min(mean - largest, -1e-9));
      total += value;
      left--;
      if (total + left * largest <= limit) isCertain = true;
    },
    p: () => (total > limit ? 1 : isCertain ? 0 : test.p()),
  };
}
