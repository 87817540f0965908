/** Position of the greatest score among the candidates, the first of equals; null where all are equal. */
export function best(scores: readonly number[], candidates: readonly number[]): number | null {
  let winner: number | null = null;
  let differ = false;
  for (const index of candidates) {
    const lead = winner === null ? 0 : (scores[index] ?? 0) - (scores[winner] ?? 0);
    if (lead !== 0) differ = true;
    if (winner === null || lead > 0) winner = index;
  }
  return differ ? winner : null;
}

/** Positions of the labels to choose from: the described ones, or all where none is. */
export function candidatesOf(described: readonly boolean[]): number[] {
  const all = described.map((_, index) => index);
  const chosen = all.filter((index) => described[index] === true);
  return chosen.length > 0 ? chosen : all;
}

/** The candidate that most examples are answered with; the given one where no example tells. */
export function majority(
  labels: readonly string[],
  candidates: readonly number[],
  answers: readonly unknown[],
  otherwise: number,
): number {
  const counts = labels.map((label) => answers.filter((answer) => String(answer) === label).length);
  return best(counts, candidates) ?? otherwise;
}

/** Arithmetic mean; null of nothing. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
