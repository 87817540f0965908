import { readFileSync } from 'node:fs';
import { InputError } from '../errors/errors.ts';
import { checkAgainst } from '../schema/check.ts';
import { CONCERNS_VERSION, ConcernsRecord } from '../schema/concerns.ts';
import { concernsFile } from './record-files.ts';

/**
 * The record of concerns in a study's folder; null where `touchstone study topics` has not made one.
 *
 * @throws InputError where it is broken or of a newer version
 */
export function readConcerns(folder: string, shownAs: string): ConcernsRecord | null {
  const file = concernsFile(shownAs);
  const refuse = (what: string, mend: string) => new InputError([{ file, line: null, id: null, what, mend }]);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(concernsFile(folder), 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw refuse('cannot be read', 'Make it anew with touchstone study topics, or remove it');
  }
  const version: unknown =
    typeof content === 'object' && content !== null ? Reflect.get(content, 'version') : null;
  if (typeof version === 'number' && version > CONCERNS_VERSION)
    throw refuse(`is of version ${version}, this is version ${CONCERNS_VERSION}`, 'Update touchstone');
  const { value, problems } = checkAgainst(ConcernsRecord, content, file);
  if (value === null) throw new InputError(problems);
  return value;
}
