/** What runs say to one question of one case. */
export interface RunShares {
  /** Runs with a usable answer. */
  runs: number;
  /** By class: how many runs give it. A run that was asked repeatedly is divided among its answers. */
  counts: number[];
  /** By class: the estimated probability that a run gives it. They sum to 1. */
  probabilities: number[];
}

/**
 * The share of runs that gives each class, smoothed by one run that says every class alike (Perks' prior), so that two
 * runs that agree are less sure than five. Repeats of a run are too alike to count as runs.
 *
 * @param answers by run: the classes that its usable answers give
 */
export function runShares(answers: readonly (readonly number[])[], classes: number): RunShares {
  const counts = new Array<number>(classes).fill(0);
  const usable = answers.filter((given) => given.length > 0);
  for (const given of usable)
    for (const place of given) counts[place] = (counts[place] ?? 0) + 1 / given.length;
  const runs = usable.length;
  return { runs, counts, probabilities: counts.map((count) => (count + 1 / classes) / (runs + 1)) };
}
