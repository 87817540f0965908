import { askedFields } from '../task/task.ts';
import { findName } from './find-name.ts';
import type { FindingOf } from './finding.ts';
import type { LintSubject } from './lint-subject.ts';

/** Fields that the model is asked for and that neither the system text nor the question names. */
export function fieldUnmentioned({ work, source }: LintSubject): FindingOf[] {
  return askedFields(work.suite.task)
    .filter(([name]) => findName(source.instructions, name) === null)
    .map(([name]) => ({
      file: source.prompt.path,
      line: source.lineAt(source.systemAt),
      severity: 'warning',
      what: `the field ${name} is asked for and mentioned nowhere in the prompt`,
      mend: `Say what \`${name}\` is judged by`,
    }));
}
