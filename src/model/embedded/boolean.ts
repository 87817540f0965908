import { majority, mean } from './choose.ts';
import { type FieldExample, type FieldKnowledge, joinReadings, type Reading } from './field-knowledge.ts';
import { labelScorer } from './label-scorer.ts';

const VALUES = ['true', 'false'];

/**
 * Chooses between true and false: whether the evidence for true exceeds that for false by more than a
 * cutoff, midway between the prompt's own true and false examples (each scored without itself), or 0
 * where the prompt has not both or they do not tell them apart. Where the prompt says nothing of the
 * field, the majority of its examples, else false.
 *
 * @param reasons what is said of the labels of a field that has a value only where this one is true
 */
export function booleanChooser(
  known: FieldKnowledge,
  reasons: readonly Reading[],
): (text: Reading) => boolean {
  const descriptions = known.descriptions.map((description, index) =>
    VALUES[index] === 'true' ? joinReadings([description, ...reasons]) : description,
  );
  const margin = marginScorer(descriptions, known.examples);
  const cutoff = cutoffOf(descriptions, known.examples);
  const answers = known.examples.map(({ answer }) => answer);
  const fallback = majority(VALUES, [0, 1], answers, 1) === 0;
  return (text) => {
    const value = margin(text);
    return value === null ? fallback : value > cutoff;
  };
}

/** Evidence for true less that for false; null where there is none for either. */
function marginScorer(
  descriptions: readonly Reading[],
  examples: readonly FieldExample[],
): (text: Reading) => number | null {
  const score = labelScorer(VALUES, descriptions, examples);
  return (text) => {
    const [yes = 0, no = 0] = score(text.messages);
    return yes === 0 && no === 0 ? null : yes - no;
  };
}

function cutoffOf(descriptions: readonly Reading[], examples: readonly FieldExample[]): number {
  const margins = (value: boolean) =>
    examples.flatMap((example) => {
      if (example.answer !== value) return [];
      const others = examples.filter((other) => other !== example);
      return marginScorer(descriptions, others)(example.reading) ?? [];
    });
  const yes = mean(margins(true));
  const no = mean(margins(false));
  return yes === null || no === null || yes <= no ? 0 : (yes + no) / 2;
}
