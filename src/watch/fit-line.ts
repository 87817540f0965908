import wrapAnsi from 'wrap-ansi';

/** A line with styles, cut to so many columns, with an ellipsis where it is cut; wide characters count as two. */
export function cutLine(line: string, columns: number): string {
  const whole = spaced(line);
  const [first = '', ...rest] = wrapAnsi(whole, Math.max(2, columns), CUT).split('\n');
  if (rest.length === 0 || columns < 3) return first;
  const [shorter = ''] = wrapAnsi(whole, columns - 1, CUT).split('\n');
  return `${shorter}…`;
}

/**
 * A line with styles as several of at most so many columns. What is continued keeps the margin of spaces, or of a
 * quotation's `> `, and goes `hanging` columns further in. Tabs become spaces.
 */
export function wrapLine(line: string, columns: number, hanging = 0): string[] {
  const whole = spaced(line);
  const further = ' '.repeat(Math.max(0, Math.min(hanging, columns - 2)));
  const room = Math.max(0, columns - further.length - 2);
  const margin = (/^(?:> )? */.exec(whole)?.[0] ?? '').slice(0, room);
  const width = Math.max(2, columns - margin.length - further.length);
  const lines = wrapAnsi(whole.slice(margin.length), width, { hard: true }).split('\n');
  return lines.map((text, index) => `${margin}${index === 0 ? '' : further}${text}`);
}

const CUT = { hard: true, trim: false, wordWrap: false };

function spaced(line: string): string {
  return line.replaceAll('\t', '    ');
}
