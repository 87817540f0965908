import { plural } from '../score/metric-text.ts';
import type { FindingOf } from './finding.ts';
import type { LintSubject } from './lint-subject.ts';
import { nameRule, supportOf } from './name-rule.ts';

/** Below this many cases an interval spans most of what is possible. */
const LEAST_CASES = 10;

/** Floors and comparisons that rest on fewer than ten cases. `must_pass` counts each case, so it may have few. */
export function ruleThin({ work }: LintSubject): FindingOf[] {
  return work.suite.suite.rules.flatMap((rule, index): FindingOf[] => {
    if (rule.rule !== 'floor' && rule.rule !== 'no_worse_than_baseline') return [];
    const cases = supportOf(rule, work);
    if (cases >= LEAST_CASES) return [];
    return [
      {
        file: work.suite.path,
        line: work.suite.line(index),
        severity: 'warning',
        what: `${nameRule(rule)} rests on ${plural(cases, 'case')}`,
        mend: `Add goldens until there are ${LEAST_CASES} at least, or name them in a must_pass rule`,
      },
    ];
  });
}
