/** Sums over cases, divided by a number that no answer changes. */
const LINEAR = /^(accuracy|subset_accuracy|within_one|mae|jaccard|hamming_loss|recall\..+)$/;

/**
 * Whether a measure (`accuracy`, `recall.true`) is at its best where all that is not known is right, and at its worst
 * where it is unusable. Not so for F1, precision, kappa and correlations: a wrong label may cost another class more
 * than no label would.
 */
export function isLinear(measure: string): boolean {
  return LINEAR.test(measure);
}
