import { type ConfidentJoint, confidentClass, type Predicted } from './confident-joint.ts';
import type { LabelQuestion } from './label-question.ts';

/** How many labels of a field the runs take for wrong. */
export interface FieldNoise {
  field: string;
  /** Of a set: one of its labels, asked for by itself. */
  member: string | null;
  /** Labels of which some run has a usable answer. */
  labels: number;
  /** Estimated share of wrong labels, from 0 to 1: systematic confusions of the runs included. */
  noise: number;
  /** By label and class: cases labelled so that confidently are of the other class; most frequent first. */
  confusions: Confusion[];
}

export interface Confusion {
  label: string;
  runsSay: string;
  cases: number;
  /** Cases that are labelled so. */
  of: number;
  /** So frequent that it is rather what the runs do with such cases, or a rule that was understood otherwise. */
  isSystematic: boolean;
}

/** Slips of annotators are rarer than this among the cases of one label, and go everywhere. */
const SYSTEMATIC_SHARE = 0.1;
const SYSTEMATIC_CASES = 3;

/** What confident learning says of a question; nothing where no run has an answer to it. */
export function noiseOf(
  { field, member, classes }: LabelQuestion,
  cases: readonly Predicted[],
  { noise, thresholds }: ConfidentJoint,
): FieldNoise[] {
  if (cases.length === 0) return [];
  const wrong = cases.flatMap((each) => {
    const place = confidentClass(each, thresholds);
    return place === null || place === each.given ? [] : [`${each.given} ${place}`];
  });
  const labelled = Map.groupBy(cases, ({ given }) => given);
  const confusions = [...Map.groupBy(wrong, (pair) => pair)].map(([pair, { length }]): Confusion => {
    const [given = 0, place = 0] = pair.split(' ').map(Number);
    const of = labelled.get(given)?.length ?? 0;
    const isSystematic = length >= SYSTEMATIC_CASES && length / of >= SYSTEMATIC_SHARE;
    return { label: classes[given] ?? '', runsSay: classes[place] ?? '', cases: length, of, isSystematic };
  });
  confusions.sort(
    (a, b) => b.cases - a.cases || (`${a.label} ${a.runsSay}` < `${b.label} ${b.runsSay}` ? -1 : 1),
  );
  return [{ field, member, labels: cases.length, noise, confusions }];
}
