import { findName } from './find-name.ts';
import type { FindingOf } from './finding.ts';
import type { LintSubject } from './lint-subject.ts';

/** Windows that neither the system text nor a `{window}` in the question tells the model to look at. */
export function windowUnnamed({ work, source }: LintSubject): FindingOf[] {
  const { windows } = work.suite.task;
  const { question } = source.prompt.settings;
  if (windows === null || question.includes('{window}')) return [];
  return Object.keys(windows)
    .filter((name) => findName(source.instructions, name) === null)
    .map((name) => ({
      file: source.prompt.path,
      line: source.lineOf('question'),
      severity: 'warning',
      what: `the prompt never says that the window ${name} is asked about`,
      mend: 'Write {window} in the question: its messages are marked window="<name>"',
    }));
}
