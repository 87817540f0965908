import wrapAnsi from 'wrap-ansi';

/** Columns of text. */
const WIDTH = 98;

/** A text after an indent, wrapped at 98 columns, what is continued three columns further in. */
export function hangingLine(indent: string, text: string): string {
  const room = WIDTH - indent.length - 3;
  return `${indent}${wrapAnsi(text, room).replaceAll('\n', `\n${indent}   `)}`;
}
