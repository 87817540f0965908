import { foldLines } from '../report/terminal/fold-lines.ts';
import { cutLine } from '../watch/fit-line.ts';

/** What a progress line begins with: it is drawn over the one before. */
const REDRAW = '\r\u001b[K';

/** Lines are laid out for so many columns, and are left as they are where there are as many. */
const WIDE = 100;

/** JSON and XML, or a part of it: a program's to read. */
const FOR_PROGRAMS = /^[\s,]*[{}<\]]/;

/** Carriage returns, and whatever commands a terminal but for styles. */
const COMMANDS = /\r|\u001b(?!\[[\d;]*m)/;

/**
 * A text as a terminal of so many columns shows it best: long lines are folded at words, and a progress line is cut,
 * since a terminal would go on in the next row and leave that there when the line is drawn again. What moves the cursor
 * otherwise, and what a program reads, is as it was.
 */
export function fitTerminal(text: string, columns: number): string {
  if (text.startsWith(REDRAW)) {
    const rest = text.slice(REDRAW.length);
    return rest === '' || rest.includes('\n') ? text : `${REDRAW}${cutLine(rest, columns - 1)}`;
  }
  return columns >= WIDE || FOR_PROGRAMS.test(text) || COMMANDS.test(text) ? text : foldLines(text, columns);
}
