import type { Comparison } from '../compare/compare.ts';
import { plural, showInterval, showMetric } from '../report/numbers.ts';
import type { RunRecord } from '../schema/run-record.ts';
import type { Scores } from '../score/scores.ts';
import { ruleName, type Verdict } from './verdict.ts';

/** The verdict as a person would say it, on one line: suite, ruling, why, and what flipped. */
export function verdictSentence(
  verdict: Omit<Verdict, 'sentence'>,
  run: RunRecord,
  scores: Scores,
  comparison: Comparison | null,
): string {
  const decisive = verdict.rules.find(({ ruling }) => ruling === verdict.ruling && ruling !== 'held');
  const [field = '', ...rest] = run.suite.headline.split('.');
  const name = rest.join('.');
  const metric = scores.fields[field]?.metrics[name];
  const headline =
    metric === undefined
      ? ''
      : `${run.suite.headline} ${showMetric(name, metric.value)}${showInterval(name, metric.interval)}`;
  const why = decisive === undefined ? headline : `${ruleName(decisive.rule)}: ${decisive.because}`;
  return `${verdict.suite}: ${verdict.ruling}, ${why}${flipsOf(comparison, field)}`;
}

function flipsOf(comparison: Comparison | null, field: string): string {
  if (comparison === null) return '';
  const flips = comparison.flips[field] ?? [];
  const broken = flips.filter(({ change }) => change === 'broken').length;
  return `; ${plural(broken, 'case')} broke, ${flips.length - broken} fixed`;
}
