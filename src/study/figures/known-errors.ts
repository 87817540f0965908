import type { GoldenErrors } from '../golden-errors.ts';
import type { LabelledSample } from '../labelled-sample.ts';

/** What is known of the errors of a study's answers; null where nothing is. */
export interface KnownErrors {
  goldens: GoldenErrors | null;
  sample: LabelledSample | null;
}
