import { readRubric } from '../model/embedded/rubric.ts';
import { answerSchema } from '../task/answer-schema.ts';
import { askedFields, classesOf } from '../task/task.ts';
import { findName } from './find-name.ts';
import type { FindingOf } from './finding.ts';
import type { LintSubject } from './lint-subject.ts';

/**
 * Labels that the prompt does not describe: never named at all, which is an error, or named without a text that
 * the embedded model's reader takes for a description. A label of two fields may be described under either.
 */
export function labelUndescribed({ work, source }: LintSubject): FindingOf[] {
  const { task } = work.suite;
  const { system } = source.prompt;
  const { evidence } = readRubric(system, answerSchema(task));
  const described = new Set(evidence.flatMap(({ kind, label }) => (kind === 'description' ? [label] : [])));
  return askedFields(task).flatMap(([name, field]) =>
    field.kind === 'binary'
      ? []
      : classesOf(field)
          .filter((label) => !described.has(label))
          .map((label): FindingOf => {
            const named = findName(source.instructions, label);
            return named === null
              ? {
                  file: source.prompt.path,
                  line: source.lineAt(source.systemAt),
                  severity: 'error',
                  what: `the label ${label} of ${name} is named nowhere in the prompt`,
                  mend: `Say what ${label} means, or take it out of the suite`,
                }
              : {
                  file: source.prompt.path,
                  line: source.lineAt(named),
                  severity: 'warning',
                  what: `the label ${label} of ${name} is named and not described`,
                  mend: `Write "- \`${label}\`: " and what it means`,
                };
          }),
  );
}
