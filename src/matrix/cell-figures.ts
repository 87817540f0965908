import type { CaseRecord } from '../schema/run-record.ts';
import { ascendingQuantile } from '../statistics/quantile.ts';

/** What a prompt with a model takes, and what it could not answer. */
export interface CellFigures {
  answers: number;
  /** Answers that could not be used, by what became of them. */
  unusable: { invalid: number; refused: number; failed: number };
  /** US dollars for 1,000 conversations, at what the answers cost when they were given; null where a price is unknown. */
  usdPer1000: number | null;
  /** Milliseconds, of the answers that were asked one by one; null where there are none. */
  latencyMs: { median: number; p95: number } | null;
  /** Mean tokens of a request, cached ones included; null for a model that counts none. */
  inputTokens: number | null;
  /** Answers that came in batches: at the price of batches, and without a latency. */
  batched: number;
}

/**
 * Cost, latency and tokens of a run's answers, those of the store included, which keep what they took when
 * they were given. A failed answer took nothing, so it counts among the unusable ones alone.
 *
 * @example 2 windows a conversation at US$0.001 an answer: usdPer1000 is 2
 */
export function cellFigures(cases: readonly Pick<CaseRecord, 'conversation' | 'answers'>[]): CellFigures {
  const answers = cases.flatMap((each) => each.answers);
  const unusable = { invalid: 0, refused: 0, failed: 0 };
  for (const { status } of answers) if (status !== 'answered') unusable[status] += 1;
  const given = answers
    .filter(({ status }) => status !== 'failed')
    .map(({ usage, latency_ms }) => {
      const read = usage.input_tokens + usage.cache_write_tokens + usage.cache_read_tokens;
      return { read, usd: usage.cost_usd, latency: latency_ms, batched: latency_ms === 0 && read > 0 };
    });
  const latencies = Float64Array.from(
    given.filter(({ batched }) => !batched).map(({ latency }) => latency),
  ).sort();
  const read = sum(given.map((answer) => answer.read));
  const usd = given.some((answer) => answer.usd === null)
    ? null
    : sum(given.map((answer) => answer.usd ?? 0));
  const conversations = new Set(cases.map(({ conversation }) => conversation)).size;
  return {
    answers: answers.length,
    unusable,
    usdPer1000:
      usd === null || given.length === 0
        ? null
        : (usd / given.length) * (cases.length / conversations) * 1000,
    latencyMs:
      latencies.length === 0
        ? null
        : { median: ascendingQuantile(latencies, 0.5), p95: ascendingQuantile(latencies, 0.95) },
    inputTokens: read === 0 ? null : read / given.length,
    batched: given.filter(({ batched }) => batched).length,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
