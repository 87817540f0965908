import { plural } from '../score/metric-text.ts';
import type { FindingOf } from './finding.ts';
import type { LintSubject } from './lint-subject.ts';

/** A suite without rules, whose gate never closes; and rules that wait for a first accepted run. */
export function onUndecided({ work, suiteLine }: LintSubject): FindingOf[] {
  const { suite, path, onUndecided: setting } = work.suite;
  if (suite.rules.length === 0)
    return [
      {
        file: path,
        line: suiteLine(['rules']),
        severity: 'warning',
        what: 'the suite has no rule, so its gate never closes',
        mend: 'Say what must hold',
      },
    ];
  const waiting = suite.rules.filter(({ rule }) => rule === 'no_worse_than_baseline').length;
  if (waiting === 0 || work.baseline !== null) return [];
  const blocks = setting === 'block';
  return [
    {
      file: path,
      line: suiteLine([suite.on_undecided === undefined ? 'rules' : 'on_undecided']),
      severity: blocks ? 'warning' : 'note',
      what: `nothing was accepted yet, so ${plural(waiting, 'rule')} stay${waiting === 1 ? 's' : ''} undecided and the gate ${blocks ? 'stays closed (on_undecided: block)' : 'does not close by them'}`,
      mend: 'Run the suite and accept the run: touchstone accept',
    },
  ];
}
