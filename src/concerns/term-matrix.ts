import { termsOf, tokens } from '../model/embedded/tokens.ts';

/** A row of unit length for each line, most of its cells 0: those of row `i` are at `starts[i]` to `starts[i + 1]`. */
export interface TermMatrix {
  rows: number;
  columns: number;
  starts: Int32Array;
  /** Column of each cell. */
  cells: Int32Array;
  weights: Float64Array;
}

/**
 * TF-IDF over the stems of short lines: a term counts once a line, weighted by ln(lines / lines with it), and
 * not at all where it stands in one line only or in all. A line without a term that counts is a row of zeros.
 *
 * Source: Manning, Raghavan and Schütze (2008), "Introduction to Information Retrieval", chapter 6.
 */
export function termMatrix(lines: readonly string[]): TermMatrix {
  const termsOfLines = lines.map((line) => [...new Set(tokens(line).flatMap(termsOf))]);
  const frequency = new Map<string, number>();
  for (const terms of termsOfLines)
    for (const term of terms) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const counting = [...frequency].filter(([, count]) => count > 1 && count < lines.length);
  const columns = new Map(
    counting.map(([term, count], column) => [term, { column, weight: Math.log(lines.length / count) }]),
  );
  const size = counting.reduce((sum, [, count]) => sum + count, 0);
  const starts = new Int32Array(lines.length + 1);
  const cells = new Int32Array(size);
  const weights = new Float64Array(size);
  let next = 0;
  for (const [row, terms] of termsOfLines.entries()) {
    const found = terms.flatMap((term) => columns.get(term) ?? []);
    const length = Math.hypot(...found.map(({ weight }) => weight));
    for (const { column, weight } of found) {
      cells[next] = column;
      weights[next] = weight / length;
      next += 1;
    }
    starts[row + 1] = next;
  }
  return { rows: lines.length, columns: columns.size, starts, cells, weights };
}
