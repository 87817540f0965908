import type { MetricComparison } from '../score/metric-comparison.ts';
import type { AblatedMetric } from './ablated-metrics.ts';
import type { PromptPart } from './prompt-parts.ts';

/**
 * What taking a part out did. `earns`: a metric got worse; `harms`: one got better; `mixed`: one got worse and another
 * better; `no effect shown`: every metric is shown to have moved by less than its margin; `changes nothing`: no answer
 * is another; `unclear`: the cases at hand cannot tell.
 */
export type PartRuling = 'earns' | 'harms' | 'mixed' | 'no effect shown' | 'changes nothing' | 'unclear';

/** What taking a part out did to one metric; `difference` is without the part minus with it. */
export interface MetricEffect
  extends AblatedMetric,
    Pick<MetricComparison, 'better' | 'n' | 'difference' | 'interval'> {
  /** With the part. */
  before: number | null;
  /** Without it. */
  without: number | null;
  /** Two-sided p-value of "no change", after Holm's adjustment for all parts and metrics of the suite. */
  adjustedP: number;
  /** What is shown of it; null where nothing is. */
  shown: 'worse' | 'better' | 'within the margin' | null;
}

/** One part with what it costs and what it does. */
export interface PartEffect {
  part: Pick<PromptPart, 'name' | 'kind' | 'lines'>;
  /** Tokens that a call saves without it. */
  tokens: number;
  /** Cases whose answer is another without it. */
  changed: number;
  /** By field: cases that are right with the part alone, and without it alone. */
  flips: Record<string, { broken: number; fixed: number }>;
  /** The headline first; empty where no answer changed. */
  metrics: MetricEffect[];
  ruling: PartRuling;
}

/** Tokens of a system text and its parts: counted by the API, or estimated. */
export interface PromptTokens {
  total: number;
  isCounted: boolean;
}

/** What every part of one suite's prompt does. */
export interface SuiteAblation {
  suite: string;
  model: string;
  /** Path, as shown to the user. */
  prompt: string;
  headline: string;
  cases: number;
  /** Why this is not the whole suite; null where it is. */
  selection: string | null;
  alpha: number;
  /** Comparisons that Holm's adjustment counts. */
  tests: number;
  tokens: PromptTokens;
  /** Answers of all variants that cannot be used, and count as wrong. */
  unusable: number;
  /** Questions asked just now, and what they cost in US dollars; null where the price is unknown. */
  asked: number;
  usd: number | null;
  /** Those whose removal costs most of the headline first. */
  parts: PartEffect[];
}
