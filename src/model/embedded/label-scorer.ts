import { type Bag, mergeBags } from './bag.ts';
import { mean } from './choose.ts';
import type { FieldExample, Reading } from './field-knowledge.ts';
import { nearestCentroid } from './nearest-centroid.ts';

/**
 * Scores a conversation, given as the terms of its messages, for each label of a field: the mean
 * similarity of its messages to what is said and shown of the label, in which the message at rank r
 * weighs 1 / log2(r + 1) (the discount of Järvelin and Kekäläinen 2002), since people say early what
 * they come for. From it is taken the label's mean score on the examples of other labels, so that no
 * label wins by words which any conversation has. Zeros where the conversation has no known term.
 */
export function labelScorer(
  labels: readonly string[],
  descriptions: readonly Reading[],
  examples: readonly FieldExample[],
): (messages: readonly Bag[]) => number[] {
  const texts = examples.map(({ reading, answer }) => ({ text: mergeBags(reading.messages), answer }));
  const similarity = nearestCentroid(
    labels.map((label, index) => ({
      description: descriptions[index]?.messages ?? [],
      examples: texts.flatMap(({ text, answer }) => (includesLabel(answer, label) ? [text] : [])),
    })),
  );
  const conversation = (messages: readonly Bag[]) => discountedMean(messages, similarity, labels.length);
  const shown = examples.map(({ reading, answer }) => ({ scores: conversation(reading.messages), answer }));
  const base = labels.map(
    (label, index) =>
      mean(
        shown.flatMap(({ scores, answer }) => (includesLabel(answer, label) ? [] : (scores[index] ?? 0))),
      ) ?? 0,
  );
  return (messages) => {
    const scores = conversation(messages);
    return scores.every((score) => score === 0)
      ? scores
      : scores.map((score, index) => score - (base[index] ?? 0));
  };
}

/** Whether an example's answer, a label or a list of labels, holds a label. */
export function includesLabel(answer: unknown, label: string): boolean {
  return Array.isArray(answer) ? answer.includes(label) : String(answer) === label;
}

function discountedMean(
  messages: readonly Bag[],
  similarity: (message: Bag) => number[],
  size: number,
): number[] {
  const sums = Array.from({ length: size }, () => 0);
  let total = 0;
  for (const [index, message] of messages.entries()) {
    const weight = 1 / Math.log2(index + 2);
    total += weight;
    for (const [label, score] of similarity(message).entries()) {
      sums[label] = (sums[label] ?? 0) + weight * score;
    }
  }
  return total === 0 ? sums : sums.map((sum) => sum / total);
}
