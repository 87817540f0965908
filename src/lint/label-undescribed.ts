import { readRubric } from '../model/embedded/rubric.ts';
import { answerSchema } from '../task/answer-schema.ts';
import { askedFields, classesOf } from '../task/task.ts';
import { findName } from './find-name.ts';
import type { FindingOf } from './finding.ts';
import type { LintSubject } from './lint-subject.ts';

/** `<label name="x">text</label>` or `<x>text</x>`, none inside. */
const ELEMENT =
  /<([\w-]{1,64})(?:\s+(?:name|id|value|label)="([^"<>\n]{1,64})")?[^<>]{0,200}>([^<>]+)<\/\1>/g;

/**
 * Labels that the prompt does not describe: never named at all, which is an error, or named without a text that
 * the embedded model's reader takes for a description. A label of two fields may be described under either. A field
 * of which no label has a description of its own may be described in prose, which is said once.
 */
export function labelUndescribed({ work, source }: LintSubject): FindingOf[] {
  const { task } = work.suite;
  const { system } = source.prompt;
  const { evidence } = readRubric(system, answerSchema(task));
  const described = new Set([
    ...evidence.flatMap(({ kind, label }) => (kind === 'description' ? [label] : [])),
    ...inElements(source.instructions),
  ]);
  const say = (at: number, severity: FindingOf['severity'], what: string, mend: string): FindingOf => {
    return { file: source.prompt.path, line: source.lineAt(at), severity, what, mend };
  };
  return askedFields(task).flatMap(([name, field]): FindingOf[] => {
    if (field.kind === 'binary') return [];
    const labels = classesOf(field);
    const missing = labels
      .filter((label) => !described.has(label))
      .map((label) => ({ label, at: findName(source.instructions, label) }));
    const named = missing.flatMap(({ at }) => at ?? []);
    if (labels.length > 1 && named.length === labels.length)
      return [
        say(
          Math.min(...named),
          'warning',
          `the labels of ${name} are named, and none has a description of its own`,
          `Write "- \`${labels[0]}\`: " and what it means, and so on for each`,
        ),
      ];
    return missing.map(({ label, at }) =>
      at === null
        ? say(
            source.systemAt,
            'error',
            `the label ${label} of ${name} is named nowhere in the prompt`,
            `Say what ${label} means, or take it out of the suite`,
          )
        : say(
            at,
            'warning',
            `the label ${label} of ${name} is named and not described`,
            `Write "- \`${label}\`: " and what it means`,
          ),
    );
  });
}

/** What elements with text in them are called. */
function inElements(text: string): string[] {
  return [...text.matchAll(ELEMENT)].flatMap(([, tag = '', name = tag, content = '']) =>
    /\p{L}/u.test(content) ? [name] : [],
  );
}
