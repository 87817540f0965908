import { stripVTControlCharacters } from 'node:util';
import wrapAnsi from 'wrap-ansi';

/** What is continued goes so many columns further in. */
const HANGING = 3;

/** Nothing is folded to less. */
const NARROWEST = 20;

/** Tables in Markdown and commands to a workflow: a program reads them by the line. */
const FOR_PROGRAMS = /^(?:\||::)/;

/** Leading spaces, and the styles that may stand before them. */
const MARGIN = /^((?:\u001b\[[\d;]*m)*) +/;

/**
 * Lines that are longer than so many columns go on below, broken between words and a little further in. A word that
 * is longer than a line, such as a path, stays whole. Only white space changes, and how an accented letter is encoded.
 *
 * @example foldLines('  no baseline yet: touchstone accept color', 30) // '  no baseline yet:\n     touchstone accept color'
 */
export function foldLines(text: string, columns: number): string {
  const width = Math.max(NARROWEST, columns);
  return text
    .split('\n')
    .map((line) => (fitsIn(line, width) || FOR_PROGRAMS.test(line) ? line : foldLine(line, width)))
    .join('\n');
}

/** Whether a line with styles takes at most so many columns; wide characters count as two. */
export function fitsIn(line: string, columns: number): boolean {
  if (line.length * 2 <= columns) return true;
  return !wrapAnsi(line, columns, { hard: true, trim: false, wordWrap: false }).includes('\n');
}

function foldLine(line: string, width: number): string {
  const spaces = /^ */.exec(stripVTControlCharacters(line))?.[0].length ?? 0;
  const margin = Math.min(spaces, width - NARROWEST + HANGING);
  const room = width - margin - HANGING;
  const [first = '', ...rest] = wrapAnsi(line.replace(MARGIN, '$1'), room).split('\n');
  return [indented(first, margin, width), ...rest.map((row) => indented(row, margin + HANGING, width))].join(
    '\n',
  );
}

/** A long word has less of a margin where it fits the line without. */
function indented(row: string, margin: number, width: number): string {
  let room = margin;
  while (room > 0 && !fitsIn(`${' '.repeat(room)}${row}`, width)) room -= 1;
  return `${' '.repeat(room)}${row}`;
}
