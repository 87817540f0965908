import { safeText } from '../terminal/safe-text.ts';

/** Between two characters that a runner would take for a command together. */
const ZERO_WIDTH_SPACE = '\u200b';

/**
 * Text that is printed in a workflow's log, made unable to command the runner. GitHub obeys `::` at the start of a
 * line, blanks apart, and `##[` anywhere in one; other runners obey `##vso[` or `##teamcity[`. A carriage return,
 * which starts a line too, is shown as `\u{d}`.
 */
export function safeWorkflowText(text: string): string {
  return safeText(text)
    .replaceAll(/^(\s*:):/gm, `$1${ZERO_WIDTH_SPACE}:`)
    .replaceAll(/##(?=\w*\[)/g, `#${ZERO_WIDTH_SPACE}#`);
}

export interface WorkflowAnnotation {
  level: 'error' | 'warning' | 'notice';
  /** From the repository's root. */
  file: string;
  /** 1-based; null where the file as a whole is meant. */
  line: number | null;
  title: string;
  /** May have several lines. */
  message: string;
}

/**
 * A workflow command that makes GitHub show a message beside a line of a file, on one line without its newline.
 * Escaped as `@actions/core` does: `%`, CR and LF in data; in properties `:` and `,` too.
 */
export function workflowAnnotation({ level, file, line, title, message }: WorkflowAnnotation): string {
  const properties = Object.entries({ file, ...(line === null ? {} : { line: String(line) }), title });
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(value)}`).join(',');
  return `::${level} ${list}::${escapeData(safeWorkflowText(message))}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(safeText(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
