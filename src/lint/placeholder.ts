import { quote } from '../schema/check.ts';
import type { FindingOf } from './finding.ts';
import type { LintSubject } from './lint-subject.ts';

/** `{{x}}`, `${x}`, `<<x>>`, `{% x %}`, `%(x)s`: never plain text in a prompt. */
const OF_TEMPLATES =
  /\{\{[^{}\n]{0,80}\}\}|\$\{[^{}\n]{0,80}\}|<<\s*[\w.-]{1,80}\s*>>|\{%[^\n]{0,80}?%\}|%\(\w{1,80}\)s/g;
/** `{x}`, which may be meant as it stands. */
const BRACES = /(?<![{$%\w])\{[A-Za-z_][\w-]{0,80}\}(?!\})/g;

/**
 * Placeholders in the system text, where nothing is filled in, the conversation being sent by itself; and in the
 * question those of other templates, where `{window}` alone is filled in. Examples are left out: what stands there
 * is material.
 */
export function placeholder({ work, source }: LintSubject): FindingOf[] {
  const { task } = work.suite;
  const text = source.instructions;
  const find = (pattern: RegExp) =>
    [...text.matchAll(pattern)].map(({ 0: found, index }) => ({ found, index }));
  const isInSystem = ({ index }: { index: number }) => index >= source.systemAt;
  const templates = find(OF_TEMPLATES).map((each) => ({ ...each, severity: 'error' as const }));
  const braces = find(BRACES)
    .filter(isInSystem)
    .map((each) => ({ ...each, severity: 'warning' as const }));
  const marks = source.examples.flatMap(({ from, windows }) =>
    windows
      .filter((name) => !Object.hasOwn(task.windows ?? {}, name))
      .map(
        (name): FindingOf => ({
          file: source.prompt.path,
          line: source.lineAt(from),
          severity: 'warning',
          what: `an example marks the window ${quote(name)}, which the task does not have`,
          mend:
            task.windows === null ? 'Remove the mark' : `Mark one of ${Object.keys(task.windows).join(', ')}`,
        }),
      ),
  );
  const fields = [...templates, ...braces].map(({ found, index, severity }): FindingOf => {
    const window = found === '{window}';
    return {
      file: source.prompt.path,
      line: source.lineAt(index),
      severity,
      what: window
        ? '{window} is filled in within the question alone, not in the system text'
        : `nothing fills in ${quote(found)}`,
      mend: window
        ? 'Name the windows, or write it in the question'
        : 'Remove it: the conversation is sent after the system text by itself',
    };
  });
  return [...fields, ...marks];
}
