import { best, candidatesOf, majority } from './choose.ts';
import type { FieldKnowledge, Reading } from './field-knowledge.ts';
import { includesLabel, labelScorer } from './label-scorer.ts';
import { valenceOf } from './valence.ts';

/**
 * Weight of the words beside valence: similarities to a few sentences mostly lie within a few hundredths
 * of one another, squared distances of valence within one.
 */
const WORDS = 30;

/**
 * Chooses a level of an ordered field by two features: the text's words, scored as for any label, and
 * their mean valence, taken as normally distributed with unit variance (one point of the
 * lexicon's scale) around the mean valence of what the prompt says and shows of the level. On a scale
 * that is not one of valence the levels' means are alike and the words decide. Neither feature looks at
 * a level's name or place, so levels whose texts are exchanged exchange their answers. Without any
 * evidence, the level that most examples have, else the middle one.
 */
export function orderedChooser(labels: readonly string[], known: FieldKnowledge): (text: Reading) => string {
  const score = labelScorer(labels, known.descriptions, known.examples);
  const anchors = labels.map((label, index) => anchorOf(label, known, index));
  const candidates = candidatesOf(known.described);
  const middle = candidates[Math.floor((candidates.length - 1) / 2)] ?? 0;
  const answers = known.examples.map(({ answer }) => answer);
  const fallback = majority(labels, candidates, answers, middle);
  return (text) => {
    const { mean } = valenceOf(text.tokens);
    const words = score(text.messages);
    const likelihoods = anchors.map(
      (anchor, index) => WORDS * (words[index] ?? 0) - (anchor - mean) ** 2 / 2,
    );
    return labels[best(likelihoods, candidates) ?? fallback] ?? '';
  };
}

/** Mean valence of all that a prompt says and shows of a level; 0 where it says nothing. */
function anchorOf(label: string, known: FieldKnowledge, index: number): number {
  const shown = known.examples.filter(({ answer }) => includesLabel(answer, label));
  const told = known.descriptions[index]?.tokens ?? [];
  return valenceOf([...told, ...shown.flatMap(({ reading }) => reading.tokens)]).mean;
}
