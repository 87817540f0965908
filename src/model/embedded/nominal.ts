import { best, candidatesOf, majority } from './choose.ts';
import type { FieldKnowledge, Reading } from './field-knowledge.ts';
import { labelScorer } from './label-scorer.ts';

/** Chooses one label; without any evidence the one that most examples have, else the first. */
export function nominalChooser(labels: readonly string[], known: FieldKnowledge): (text: Reading) => string {
  const score = labelScorer(labels, known.descriptions, known.examples);
  const candidates = candidatesOf(known.described);
  const answers = known.examples.map(({ answer }) => answer);
  const fallback = majority(labels, candidates, answers, candidates[0] ?? 0);
  return (text) => labels[best(score(text.messages), candidates) ?? fallback] ?? '';
}
