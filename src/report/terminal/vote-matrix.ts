import type { ChalkInstance } from 'chalk';
import type { VoteMatrix } from '../../agreement/confusions.ts';

const LONGEST_NAME = 24;

/**
 * Votes against votes as text, columns by number so that many classes fit: rows one vote, columns another of the same
 * case. Null where the columns do not fit.
 *
 * @param room columns of text
 */
export function voteMatrixLines(
  { labels, counts }: VoteMatrix,
  room: number,
  chalk: ChalkInstance,
): string[] | null {
  const digits = Math.max(
    1,
    ...counts.flat().map((count) => String(count).length),
    String(labels.length).length,
  );
  const names = labels.map((label, index) => `${index + 1} ${label}`);
  const heading = 'one vote \\ another';
  const nameWidth = Math.min(LONGEST_NAME, Math.max(heading.length, ...names.map(({ length }) => length)));
  if (nameWidth + labels.length * (digits + 1) > room) return null;
  const cell = (text: string) => ` ${text.padStart(digits)}`;
  const head = `${heading.padEnd(nameWidth)}${labels.map((_, index) => cell(String(index + 1))).join('')}`;
  const rows = names.map((name, row) => {
    const short = name.length > nameWidth ? `${name.slice(0, nameWidth - 1)}…` : name;
    const cells = (counts[row] ?? []).map((count, column) => {
      if (count === 0) return chalk.dim(cell('·'));
      return row === column ? cell(String(count)) : chalk.hex('#d98324')(cell(String(count)));
    });
    return `${short.padEnd(nameWidth)}${cells.join('')}`;
  });
  return [chalk.dim(head), ...rows, chalk.dim('(each pair of votes counts once each way round)')];
}
