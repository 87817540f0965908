import { appendLine, type JsonLineValue } from '../labelling/edit-lines.ts';

/**
 * Text with more lines at its end, spaced and ended as its last line; every byte before them stays. A last line
 * without an end is ended.
 */
export function appendLines(text: string, values: readonly JsonLineValue[]): string {
  // Only the last line matters for the next one, so that a large file is not read for each.
  const start = text.lastIndexOf('\n', text.length - 2) + 1;
  let last = text.slice(start);
  const added = values.map((value) => {
    const both = appendLine(last, value);
    const line = both.slice(last.length);
    last = both;
    const end = last.lastIndexOf('\n', last.length - 2) + 1;
    last = last.slice(end);
    return line;
  });
  return text + added.join('');
}
