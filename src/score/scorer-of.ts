import type { Field } from '../schema/field.ts';
import type { Scorer } from './scorer.ts';
import { setScorer } from './set-scorer.ts';
import { singleLabelScorer } from './single-label-scorer.ts';

/** The scorer that a field's kind brings. Its `metrics` are all that a rule can name. */
export function scorerOf(field: Field): Scorer {
  return field.kind === 'set' ? setScorer(field) : singleLabelScorer(field);
}
