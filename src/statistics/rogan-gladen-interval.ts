import { moverInterval, type Reach } from './mover.ts';
import { type Labelled, roganGladen, type Unlabelled } from './prevalence.ts';
import type { Range } from './range.ts';
import { wilsonInterval } from './wilson.ts';

/** A prevalence corrected for error rates that were themselves measured. */
export interface CorrectedPrevalence {
  /** Within [0, 1]. */
  estimate: number;
  /**
   * Within [0, 1]; null where no prevalence at all goes with the raw share and the error rates, so that
   * the labelled cases cannot be like those counted: no interval would mean anything.
   */
  interval: Range | null;
}

/**
 * Rogan and Gladen's prevalence with an interval that includes the error of the error rates: Wilson's
 * intervals of sensitivity, specificity and the raw share, carried over by MOVER.
 *
 * Sensitivity and specificity must be those of the cases counted. They are in a simple random sample of
 * them, and may be in separate sets of positives and negatives. They are not in a sample that was chosen
 * by what the classifier said (see `stratifiedPrevalence`), nor among golden conversations chosen for being
 * hard. A classifier with many false positives among hard goldens corrects a rare label away.
 *
 * Coverage of 95% intervals, 40,000 samples each, true prevalence 2.9%, sensitivity 0.85, specificity 0.99:
 * 96.2% with 400 labelled at random, 95.6% with 200 positives and 200 negatives. Over prevalences
 * of 0.5-30% and other error rates and sizes 92.8-98.7%; below that where hardly a positive is labelled.
 * Lang and Reiczigel's interval gave 94-100%, posterior draws with Jeffreys' priors 92-98%.
 *
 * Source: Rogan and Gladen (1978), Am. J. Epidemiol. 107, 71-76; for the interval see `moverInterval`;
 * compared with Lang and Reiczigel (2014), Prev. Vet. Med. 113, 13-22.
 *
 * @returns null where the estimate is undefined, or the classifier is no better than a coin
 *
 * @example
 * const labelled = { truePositive: 170, falseNegative: 30, falsePositive: 2, trueNegative: 198 };
 * roganGladenInterval({ n: 131484, positive: 4518 }, labelled);
 * // { estimate: 0.0290…, interval: { low: 0, high: 0.0376… } }
 */
export function roganGladenInterval(
  unlabelled: Unlabelled,
  labelled: Labelled,
  confidence = 0.95,
): CorrectedPrevalence | null {
  const { truePositive, falseNegative, falsePositive, trueNegative } = labelled;
  const unclipped = roganGladen(unlabelled, labelled);
  const raw = wilsonInterval(unlabelled.positive, unlabelled.n, confidence);
  const hit = wilsonInterval(truePositive, truePositive + falseNegative, confidence);
  const alarm = wilsonInterval(falsePositive, falsePositive + trueNegative, confidence);
  if (unclipped === null || raw === null || hit === null || alarm === null) return null;

  const share = unlabelled.positive / unlabelled.n;
  const hits = truePositive / (truePositive + falseNegative);
  const alarms = falsePositive / (falsePositive + trueNegative);
  if (hits < alarms) return null;
  const reachOf = (ends: Range, corrected: (end: number) => number): Reach => {
    const moves = [corrected(ends.low) - unclipped, corrected(ends.high) - unclipped];
    return { down: Math.max(0, ...moves.map((move) => -move)), up: Math.max(0, ...moves) };
  };
  const { low, high } = moverInterval(unclipped, [
    reachOf(raw, (end) => solve(end, hits, alarms)),
    reachOf(hit, (end) => solve(share, end, alarms)),
    reachOf(alarm, (end) => solve(share, hits, end)),
  ]);
  const interval = low > 1 || high < 0 ? null : { low: clip(low), high: clip(high) };
  return { estimate: clip(unclipped), interval };
}

/** The prevalence at which so many hits and false alarms give the share; unbounded where they tell nothing. */
function solve(share: number, hits: number, alarms: number): number {
  if (hits > alarms) return (share - alarms) / (hits - alarms);
  return share > alarms ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

function clip(share: number): number {
  return Math.min(1, Math.max(0, share));
}
