/** Evidence against a null hypothesis that may be looked at after every observation. */
export interface BettingTest {
  /**
   * One more observation, of which the null hypothesis says that its mean, given all before, is 0 or less.
   *
   * @param lowest the least it could have been, where that is known beforehand to differ from what was
   */
  observe(value: number, lowest?: number): void;
  /** One-sided p-value, valid at whatever moment it is read: the null hypothesis makes p or less as rare as p. */
  p(): number;
}

/**
 * Shares of the greatest stake that leaves nothing to lose more. Which one wins fastest depends on the unknown mean
 * and spread; among six the best is never far, and costs a factor of six at most.
 */
const STAKES = [0.1, 0.3, 0.5, 0.7, 0.9, 0.99] as const;

/** Wealth beyond any level of interest is not counted, so that it stays a number. To lose wealth is always fair. */
const WEALTH_CAP = 1e200;

/**
 * A test by betting: someone starts with a wealth of 1 and bets, before each observation, that it will be above 0.
 * Under the null hypothesis no bet is in their favour, so their wealth is a supermartingale, and by Ville's
 * inequality reaches 1/p with a chance of at most p, ever. The wealth is the mean of several bettors', each of
 * whom always stakes the same share: a mixture of supermartingales is one.
 *
 * Exact for any distribution of bounded observations and any number of looks; the price is a wider margin of error
 * than that of a test that looks once.
 *
 * Source: Waudby-Smith and Ramdas (2024), "Estimating means of bounded random variables by betting", J. R. Stat.
 * Soc. B 86, 1-27; Ramdas, Grünwald, Vovk and Shafer (2023), "Game-theoretic statistics and safe anytime-valid
 * inference", Stat. Sci. 38, 576-601; Ville (1939), "Étude critique de la notion de collectif".
 *
 * @param lowest the least that an observation can be; below 0
 *
 * @example
 * const test = bettingTest(-1);
 * for (let i = 0; i < 10; i++) test.observe(1);
 * test.p(); // 0.0032…
 */
export function bettingTest(lowest: number): BettingTest {
  const wealth = new Float64Array(STAKES.length).fill(1);
  let highest = 1;
  return {
    observe(value, least = lowest) {
      if (value === 0) return;
      let total = 0;
      for (const [i, stake] of STAKES.entries()) {
        const after = (wealth[i] ?? 0) * Math.max(0, 1 - (stake * value) / least);
        wealth[i] = Math.min(after, WEALTH_CAP);
        total += wealth[i] ?? 0;
      }
      highest = Math.max(highest, total / STAKES.length);
    },
    p: () => 1 / highest,
  };
}
