import type { Field } from '../schema/field.ts';

const MAIN: Record<Field['kind'], string> = {
  nominal: 'accuracy',
  binary: 'accuracy',
  ordinal: 'accuracy',
  set: 'jaccard',
};

/** The metric that tells most of a field by itself: its measure, such as `accuracy`. */
export function mainMetric({ kind }: Pick<Field, 'kind'>): string {
  return MAIN[kind];
}
