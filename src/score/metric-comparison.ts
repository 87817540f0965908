/** A difference, candidate minus baseline, in the metric's unit. */
interface DifferenceInterval {
  low: number;
  high: number;
  /** `tango` for a share of independent cases, the bootstrap by family for all else; `betting` in a run that stopped. */
  method: 'tango' | 'bootstrap' | 'betting';
}

/** One metric of two runs on the same cases. Losses are positive where the candidate is worse. */
export interface MetricComparison {
  metric: string;
  better: 'higher' | 'lower';
  /** Cases that count for the metric in either run; for a recall, those of its class. */
  n: number;
  families: number;
  baseline: number | null;
  candidate: number | null;
  difference: number | null;
  interval: DifferenceInterval | null;
  /** One-sided p-value of the candidate being worse: small where a loss is shown. */
  worse: { p: number; method: 'mcnemar' | 'sign-flip' | 'betting' };
  /** One-sided p-value of a loss of the margin or more: small where the loss is shown to be smaller. */
  lossAtLeastMargin: { p: number; method: 'tango' | 'bootstrap' | 'betting' };
  /** Cases exactly one run got right; null where cases are not independent or the metric is no such share. */
  discordant: { baselineOnly: number; candidateOnly: number } | null;
  /** Share of the cases on which the runs differ, 0 … 1; null where the metric is no share of cases. */
  discordantShare: number | null;
  /** How many times the variance of the difference is that of independent cases; 1 where they are. */
  designEffect: number;
  /** The smallest loss that this many cases would show with a power of 80%; null where none would. */
  smallestVisibleLoss: number | null;
  /** Further cases after which the loss seen would decide with a power of 80%; null where none would. */
  moreCases: number | null;
}
