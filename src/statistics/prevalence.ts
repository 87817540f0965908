import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Range } from './range.ts';

/** How a classifier did on cases whose truth is known. Counts. */
export interface Labelled {
  truePositive: number;
  falseNegative: number;
  falsePositive: number;
  trueNegative: number;
}

/** How often it said yes on cases whose truth is not known. */
export interface Unlabelled {
  n: number;
  positive: number;
}

export interface Prevalence {
  estimate: number;
  interval: Range;
}

/**
 * Rogan and Gladen's estimate of a prevalence from an imperfect classifier's count: the raw share,
 * corrected by the classifier's measured sensitivity and specificity.
 *
 * Source: Rogan and Gladen (1978), Am. J. Epidemiol. 107, 71-76.
 *
 * @returns not clipped: a value outside [0, 1] says that the error rates measured cannot be those
 *   of the population counted; null where sensitivity or specificity is unknown, or where the
 *   classifier is no better than a coin (sensitivity + specificity = 1)
 *
 * @example
 * const labelled = { truePositive: 78, falseNegative: 5, falsePositive: 10, trueNegative: 207 };
 * roganGladen({ n: 5000, positive: 1558 }, labelled); // 0.297…
 */
export function roganGladen(unlabelled: Unlabelled, labelled: Labelled): number | null {
  const sensitivity = labelled.truePositive / (labelled.truePositive + labelled.falseNegative);
  const specificity = labelled.trueNegative / (labelled.trueNegative + labelled.falsePositive);
  const informedness = sensitivity + specificity - 1;
  const estimate = (unlabelled.positive / unlabelled.n + specificity - 1) / informedness;
  return Number.isFinite(estimate) && Math.abs(informedness) > 1e-12 ? estimate : null;
}

/**
 * Prediction-powered inference: the classifier's share over many cases, plus its mean error over
 * the few whose truth is known. Unbiased however poor the classifier, as long as the labelled
 * cases are drawn from the same population.
 *
 * `lambda` is the trust in the classifier: 1 is the plain form, 0 ignores it, and `'tuned'` takes
 * the value of least variance, clipped to [0, 1] (PPI++).
 *
 * Source: Angelopoulos et al. (2023), Science 382, 669-674; Angelopoulos, Duchi and Zrnic (2023),
 * arXiv:2311.01453.
 *
 * @returns estimate and normal interval, not clipped to [0, 1]; null without labelled or without
 *   unlabelled cases
 *
 * @example
 * const labelled = { truePositive: 78, falseNegative: 5, falsePositive: 10, trueNegative: 207 };
 * predictionPowered({ n: 5000, positive: 1558 }, labelled)?.estimate; // 0.2949…
 */
export function predictionPowered(
  unlabelled: Unlabelled,
  labelled: Labelled,
  options: { lambda?: number | 'tuned'; confidence?: number } = {},
): (Prevalence & { lambda: number }) | null {
  const { truePositive, falseNegative, falsePositive, trueNegative } = labelled;
  const n = truePositive + falseNegative + falsePositive + trueNegative;
  if (!(n > 0) || !(unlabelled.n > 0)) return null;
  const said = (truePositive + falsePositive) / n;
  const truth = (truePositive + falseNegative) / n;
  const raw = unlabelled.positive / unlabelled.n;
  const chosen = options.lambda ?? 1;
  const lambda = chosen === 'tuned' ? tunedLambda(unlabelled, labelled, n) : chosen;

  const correction = truth - lambda * said;
  const meanSquare = (truePositive * (1 - lambda) ** 2 + falseNegative + falsePositive * lambda ** 2) / n;
  const variance = (lambda ** 2 * raw * (1 - raw)) / unlabelled.n + (meanSquare - correction ** 2) / n;
  const z = normalQuantile(1 - (1 - (options.confidence ?? 0.95)) / 2, 0, 1);
  const half = z * Math.sqrt(Math.max(0, variance));
  const estimate = lambda * raw + correction;
  return { estimate, interval: { low: estimate - half, high: estimate + half }, lambda };
}

function tunedLambda(unlabelled: Unlabelled, labelled: Labelled, n: number): number {
  const { truePositive, falseNegative, falsePositive } = labelled;
  const covariance =
    truePositive / n - ((truePositive + falsePositive) / n) * ((truePositive + falseNegative) / n);
  const pooled = (unlabelled.positive + truePositive + falsePositive) / (unlabelled.n + n);
  const variance = pooled * (1 - pooled);
  if (!(variance > 0)) return 0;
  return Math.min(1, Math.max(0, covariance / ((1 + n / unlabelled.n) * variance)));
}
