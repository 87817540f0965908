import { askedFields, classesOf, fieldValue } from '../task/task.ts';
import type { FindingOf } from './finding.ts';
import type { LintSubject } from './lint-subject.ts';

/** Labels that are expected of no case, so that nothing says how well the model knows them. */
export function labelWithoutGolden({ work, suiteLine }: LintSubject): FindingOf[] {
  const { task, path } = work.suite;
  return askedFields(task).flatMap(([name, field]) => {
    const expected = new Set(
      work.cases.flatMap((each) => {
        const value = fieldValue(task, name, each.expected);
        return Array.isArray(value) ? value : [String(value)];
      }),
    );
    return classesOf(field)
      .filter((label) => !expected.has(label))
      .map(
        (label): FindingOf => ({
          file: path,
          line: suiteLine(['fields', name]),
          severity: 'warning',
          what: `no golden has the ${name} ${label}`,
          mend: `Add goldens for it, or take ${label} out of the suite`,
        }),
      );
  });
}
