import { best, candidatesOf } from './choose.ts';
import type { FieldKnowledge, Reading } from './field-knowledge.ts';
import { labelScorer } from './label-scorer.ts';

/** A label that is best in fewer messages than this share of the most frequent one's is left out. */
const RELATIVE_THRESHOLD = 0.5;

/**
 * Chooses any number of labels: each message votes for the label that it is most like, and labels with
 * at least half the votes of the first are chosen. Messages without evidence do not vote.
 */
export function setChooser(labels: readonly string[], known: FieldKnowledge): (text: Reading) => string[] {
  const score = labelScorer(labels, known.descriptions, known.examples);
  const candidates = candidatesOf(known.described);
  return (text) => {
    const votes = labels.map(() => 0);
    for (const message of text.messages) {
      const winner = best(score([message]), candidates);
      if (winner !== null) votes[winner] = (votes[winner] ?? 0) + 1;
    }
    const most = Math.max(1, ...votes);
    return labels.filter((_, index) => (votes[index] ?? 0) >= RELATIVE_THRESHOLD * most);
  };
}
