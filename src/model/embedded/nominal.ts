import { best, candidatesOf, majority } from './choose.ts';
import type { FieldExample, FieldKnowledge, Reading } from './field-knowledge.ts';
import { type Bag, mergeBags, naiveBayes } from './naive-bayes.ts';

/** Scores a text for each label of a field: how much better the label's words explain it than all words. */
export function labelScorer(
  labels: readonly string[],
  descriptions: readonly Reading[],
  examples: readonly FieldExample[],
): (text: Bag) => number[] {
  const classes = labels.map((label, index) => {
    const shown = examples.filter(({ answer }) => includesLabel(answer, label));
    return [descriptions[index]?.terms ?? new Map(), mergeBags(shown.map(({ reading }) => reading.terms))];
  });
  return naiveBayes(classes).score;
}

/** Whether an example's answer, a label or a list of labels, holds a label. */
export function includesLabel(answer: unknown, label: string): boolean {
  return Array.isArray(answer) ? answer.includes(label) : String(answer) === label;
}

/** Chooses one label; without any evidence the one that most examples have, else the first. */
export function nominalChooser(labels: readonly string[], known: FieldKnowledge): (text: Reading) => string {
  const score = labelScorer(labels, known.descriptions, known.examples);
  const candidates = candidatesOf(known.described);
  const answers = known.examples.map(({ answer }) => answer);
  const fallback = majority(labels, candidates, answers, candidates[0] ?? 0);
  return (text) => labels[best(score(text.terms), candidates) ?? fallback] ?? '';
}
