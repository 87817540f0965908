import { type Bag, mergeBags, unitLength } from './bag.ts';

/** What is known of a class: its description, sentence by sentence, and texts that belong to it. */
interface ClassTexts {
  description: readonly Bag[];
  examples: readonly Bag[];
}

/** Weight of a class's examples beside its description, which is written to hold for every text. */
const EXAMPLES = 0.5;

/**
 * Similarity of a text to each class, 0 to 1: the cosine of the text and the class's centroid (Rocchio
 * 1971), which is its description plus the mean of its examples, each of unit length. Terms weigh
 * log(1 + frequency) × log((1 + n) / (1 + df)) over the n sentences and examples of all classes. Terms
 * that no class knows lengthen a text too, so a chance word in much other talk counts for little, and
 * neither long texts nor long descriptions gain. Zeros for a text without known terms.
 */
export function nearestCentroid(classes: readonly ClassTexts[]): (text: Bag) => number[] {
  const documents = new Set(classes.flatMap(({ description, examples }) => [...description, ...examples]));
  const idf = inverseDocumentFrequency([...documents].filter(({ size }) => size > 0));
  const weigh = (text: Bag): Bag =>
    unitLength(new Map([...text].map(([term, frequency]) => [term, Math.log1p(frequency) * idf(term)])));
  const rows = new Map<string, Float64Array>();
  for (const [index, { description, examples }] of classes.entries()) {
    const shown = mergeBags(examples.map(weigh), EXAMPLES / examples.length);
    const centroid = unitLength(mergeBags([weigh(mergeBags(description)), shown]));
    for (const [term, weight] of centroid) {
      const row = rows.get(term) ?? new Float64Array(classes.length);
      row[index] = weight;
      rows.set(term, row);
    }
  }
  return (text) => {
    const cosines = classes.map(() => 0);
    let squares = 0;
    for (const [term, frequency] of text) {
      const weight = Math.log1p(frequency) * idf(term);
      squares += weight * weight;
      for (const [index, own] of rows.get(term)?.entries() ?? []) {
        cosines[index] = (cosines[index] ?? 0) + weight * own;
      }
    }
    return squares === 0 ? cosines : cosines.map((cosine) => cosine / Math.sqrt(squares));
  };
}

function inverseDocumentFrequency(documents: readonly Bag[]): (term: string) => number {
  const frequencies = new Map<string, number>();
  for (const document of documents) {
    for (const term of document.keys()) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  }
  const unknown = Math.log1p(documents.length);
  const known = new Map(
    [...frequencies].map(([term, frequency]) => [term, unknown - Math.log1p(frequency)] as const),
  );
  return (term) => known.get(term) ?? unknown;
}
