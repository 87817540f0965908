/** Families that contribute alike to a proportion. */
export interface FamilyTally {
  successes: number;
  trials: number;
  /** How many families contribute exactly this. */
  families: number;
}

/**
 * The design effect of a proportion over clusters: how many times larger its variance is than that
 * of as many independent cases. Cases divided by it are the effective sample size.
 *
 * The variance is that of a ratio of family totals; it is never taken to be below the independent
 * one. Where no family has more than one trial the effect is 1. Where all cases are alike, right or
 * wrong, the data say nothing of the effect, and the largest possible one is given: families whose
 * members always share their fate.
 *
 * Source: Kish (1965), "Survey Sampling", ch. 8; Rao and Scott (1992), Biometrics 48, 577-585.
 *
 * @returns at least 1
 *
 * @example
 * designEffect([
 *   { successes: 2, trials: 2, families: 10 },
 *   { successes: 0, trials: 2, families: 10 },
 * ]); // 2.05…
 */
export function designEffect(tallies: readonly FamilyTally[]): number {
  let families = 0;
  let successes = 0;
  let trials = 0;
  let squares = 0;
  let largest = 0;
  for (const tally of tallies) {
    if (tally.trials <= 0) continue;
    families += tally.families;
    successes += tally.families * tally.successes;
    trials += tally.families * tally.trials;
    squares += tally.families * tally.trials ** 2;
    largest = Math.max(largest, tally.trials);
  }
  if (largest <= 1 + 1e-9 || families === 0) return 1;
  const share = successes / trials;
  const independent = trials * share * (1 - share);
  if (families === 1 || independent < 1e-9) return Math.max(1, squares / trials);
  let spread = 0;
  for (const tally of tallies)
    if (tally.trials > 0) spread += tally.families * (tally.successes - share * tally.trials) ** 2;
  return Math.max(1, ((families / (families - 1)) * spread) / independent);
}
