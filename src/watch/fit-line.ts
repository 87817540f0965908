import wrapAnsi from 'wrap-ansi';

/** A line with styles, cut to so many columns; wide characters count as two. */
export function cutLine(line: string, columns: number): string {
  const [first = ''] = wrapLine(line, columns);
  return first;
}

/** A line with styles as several of at most so many columns. Tabs become spaces. */
export function wrapLine(line: string, columns: number): string[] {
  const spaced = line.replaceAll('\t', '    ');
  return wrapAnsi(spaced, Math.max(2, columns), { hard: true, trim: false }).split('\n');
}
