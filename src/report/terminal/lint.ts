import type { ChalkInstance } from 'chalk';
import wrapAnsi from 'wrap-ansi';
import { countFindings, type Finding, type Severity } from '../../lint/finding.ts';
import { plural } from '../../score/metric-text.ts';
import { workflowAnnotation } from '../workflow-log/safe-workflow-text.ts';
import { safeText } from './safe-text.ts';

/**
 * Findings in their order, a blank line between files, and how many there are.
 *
 * @param columns where a finding goes on in the next line; null for one line each, for other programs
 */
export function renderFindings(
  findings: readonly Finding[],
  columns: number | null,
  chalk: ChalkInstance,
): string {
  const files = [...Map.groupBy(findings, ({ file }) => file).values()].map((ofFile) =>
    ofFile.map((finding) => renderFinding(finding, columns, chalk)).join(''),
  );
  return [...files, `${describeCounts(findings)}\n`].join('\n');
}

/** One workflow command a line: errors, warnings and notices beside the lines that they are about. */
export function renderAnnotations(findings: readonly Finding[], placed: (file: string) => string): string {
  const levels = { error: 'error', warning: 'warning', note: 'notice' } as const;
  return findings
    .map(({ file, line, rule, severity, what, mend, texts }) => {
      const shown = texts === undefined ? '' : `\nprompt: ${texts.prompt}\ngolden: ${texts.golden}`;
      const title = `touchstone lint: ${rule}`;
      const message = `${what}. ${mend}.${shown}`;
      return `${workflowAnnotation({ level: levels[severity], file: placed(file), line, title, message })}\n`;
    })
    .join('');
}

function renderFinding(
  { file, line, rule, severity, what, mend, texts }: Finding,
  columns: number | null,
  chalk: ChalkInstance,
): string {
  const paint: Record<Severity, (text: string) => string> = {
    error: chalk.hex('#d98324').bold,
    warning: chalk.hex('#d98324'),
    note: chalk.dim,
  };
  const place = line === null ? file : `${file}:${line}`;
  const parts = [safeText(place), paint[severity](severity), chalk.dim(rule), safeText(`${what}. ${mend}.`)];
  const shown = texts === undefined ? [] : [quoted('prompt', texts.prompt), quoted('golden', texts.golden)];
  const text = parts.join('  ');
  const lines =
    columns === null ? text : wrapAnsi(text, Math.max(20, columns - 4)).replaceAll('\n', '\n    ');
  return [`${lines}\n`, ...shown].join('');
}

/** A text of several lines under the finding that shows it. */
function quoted(title: string, text: string): string {
  const lines = safeText(text).split('\n');
  return lines.map((line, index) => `    ${(index === 0 ? title : '').padEnd(6)} | ${line}\n`).join('');
}

function describeCounts(findings: readonly Finding[]): string {
  const { error, warning, note } = countFindings(findings);
  return `${plural(error, 'error')}, ${plural(warning, 'warning')}, ${plural(note, 'note')}`;
}
