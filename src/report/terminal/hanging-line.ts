import wrapAnsi from 'wrap-ansi';
import { foldLines } from './fold-lines.ts';

/** Columns of text that nothing goes beyond, however wide the terminal. */
const WIDEST = 98;
const NARROWEST = 20;

/** A text after an indent, wrapped at the terminal's columns or 98, what is continued three columns further in. */
export function hangingLine(indent: string, text: string, columns: number): string {
  const room = Math.max(NARROWEST, Math.min(WIDEST, columns) - indent.length - 3);
  return `${indent}${wrapAnsi(text, room).replaceAll('\n', `\n${indent}   `)}`;
}

/** Of a line with its own indent, and how far in it goes on. */
const HUNG = { width: 94, indent: 5 };

/** A line with an indent of its own: what does not fit the terminal, or 94 columns, goes on below. */
export function hungLine(line: string, columns: number): string {
  const { width, indent } = HUNG;
  if (columns < width + indent) return foldLines(line, columns);
  return wrapAnsi(line, width, { trim: false }).replaceAll('\n', `\n${' '.repeat(indent)}`);
}
