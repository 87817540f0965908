import { contradictionsOf } from '../goldens/label-rules.ts';
import { parseAnswer } from '../task/parse-answer.ts';
import type { FindingOf } from './finding.ts';
import { labelDiffers } from './label-differs.ts';
import type { LintSubject } from './lint-subject.ts';

/** Examples whose answer cannot be read, breaks the task's schema, or contradicts itself. */
export function exampleAnswer(subject: LintSubject): FindingOf[] {
  const { work, source } = subject;
  const { task } = work.suite;
  const saidAlready = new Set(labelDiffers(subject).map(({ line }) => line));
  return source.examples.flatMap(({ example, from, answerAt }): FindingOf[] => {
    const file = source.prompt.path;
    const line = source.lineAt(answerAt);
    if (example === null)
      return [
        {
          file,
          line: source.lineAt(from),
          severity: 'warning',
          what: 'the example has no conversation with an answer that can be read',
          mend: 'Write its messages, then <answer> with the JSON of the answer </answer>',
        },
      ];
    const parsed = parseAnswer(task, JSON.stringify(Object.fromEntries(example.answer)));
    if (!parsed.ok) {
      const what = `an example's answer is not one of the task: ${parsed.reason}`;
      const mend = 'Answer every field of the suite with one of its values';
      return saidAlready.has(line) ? [] : [{ file, line, severity: 'error', what, mend }];
    }
    return contradictionsOf(task, parsed.label).map(({ what, mend }) => ({
      file,
      line,
      severity: 'error',
      what: `an example's answer contradicts itself: ${what}`,
      mend,
    }));
  });
}
