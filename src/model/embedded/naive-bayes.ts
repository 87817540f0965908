/** A bag of terms: term to count, or to weight where a term counts only in part. */
export type Bag = ReadonlyMap<string, number>;

/** Scores texts against classes; made once, used for every text. */
export interface NaiveBayes {
  /**
   * Log likelihood ratio of the text under each class against the background of all classes, per known
   * term; 0 for a class of which nothing is known. Empty text, or text of unknown terms, gives zeros.
   */
  score(text: Bag): number[];
}

/**
 * Multinomial naive Bayes in which a class is described by several documents, such as a definition and
 * examples, each a unigram model smoothed towards the language of all of them (Dirichlet prior, Zhai
 * and Lafferty 2004, its mass the mean document length), so that short and long documents compete
 * fairly. Terms of the text count as log(1 + frequency) (Rennie et al. 2003).
 */
export function naiveBayes(classes: readonly (readonly Bag[])[]): NaiveBayes {
  const documents = classes.flat().filter((document) => document.size > 0);
  const background = mergeBags(documents);
  const total = massOf(background);
  const mass = documents.length === 0 ? 1 : total / documents.length;
  const weights = new Map<string, Float64Array>();
  const penalties = new Float64Array(classes.length);
  for (const [index, own] of classes.entries()) {
    for (const document of own) {
      if (document.size === 0) continue;
      penalties[index] = (penalties[index] ?? 0) + Math.log(mass / (mass + massOf(document)));
      for (const [term, count] of document) {
        const row = weights.get(term) ?? new Float64Array(classes.length);
        const expected = (mass * (background.get(term) ?? count)) / total;
        row[index] = (row[index] ?? 0) + Math.log1p(count / expected);
        weights.set(term, row);
      }
    }
  }
  return { score: (text) => scoreText(text, weights, penalties) };
}

function scoreText(text: Bag, weights: ReadonlyMap<string, Float64Array>, penalties: Float64Array): number[] {
  const scores = Array.from(penalties, () => 0);
  let known = 0;
  for (const [term, frequency] of text) {
    const row = weights.get(term);
    if (row === undefined) continue;
    const weight = Math.log1p(frequency);
    known += weight;
    for (const [index, gain] of row.entries()) scores[index] = (scores[index] ?? 0) + weight * gain;
  }
  return known === 0 ? scores : scores.map((score, index) => score / known + (penalties[index] ?? 0));
}

/** The sum of bags. */
export function mergeBags(bags: readonly Bag[]): Map<string, number> {
  const merged = new Map<string, number>();
  for (const bag of bags) {
    for (const [term, count] of bag) merged.set(term, (merged.get(term) ?? 0) + count);
  }
  return merged;
}

function massOf(bag: Bag): number {
  let mass = 0;
  for (const count of bag.values()) mass += count;
  return mass;
}
