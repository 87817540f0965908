import { closest, distance } from 'fastest-levenshtein';
import { InputError } from '../errors/errors.ts';
import { embeddedModel } from './embedded-model.ts';
import type { Model } from './model.ts';

const KNOWN = ['embedded'];

/** The model that `--model` names. Throws InputError for a name nobody knows. */
export function openModel(name: string): Model {
  if (name === 'embedded') return embeddedModel();
  const near = closest(name, KNOWN);
  const hint = distance(name, near) <= 3 ? `Did you mean ${near}` : `Give one of ${KNOWN.join(', ')}`;
  throw new InputError([{ file: '--model', line: null, id: null, what: `no model "${name}"`, mend: hint }]);
}
