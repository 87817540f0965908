import { statSync } from 'node:fs';
import { InputError } from '../../errors/errors.ts';
import { readFileBytes } from '../../goldens/file-bytes.ts';
import { checkAgainst } from '../../schema/check.ts';
import { HISTORY_VERSION, HistoryFile } from '../../schema/history.ts';
import type { HistoryPoint } from '../page/page-input.ts';
import { pointsOf } from './history-file.ts';

/** Bytes; fifty suites at their most points come to less. */
const LARGEST = 1 << 24;
/** Of a file that is wrong from end to end, the problems said. */
const SAID = 20;

/** The points of a published `history.json`. Throws InputError, naming the file, where it is none. */
export function loadHistory(file: string, shownAs: string): HistoryPoint[] {
  const refuse = (what: string, mend: string) =>
    new InputError([{ file: shownAs, line: null, id: null, what, mend }]);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST)
    throw refuse(`has ${size} bytes, more than ${LARGEST}`, 'Begin a new history without it');
  const { value: bytes, problems: unreadable } = readFileBytes(file, shownAs);
  if (bytes === null) throw new InputError(unreadable);
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw refuse(
      'is not JSON',
      'Give the history.json that was published, or begin a new history without it',
    );
  }
  const version: unknown =
    typeof content === 'object' && content !== null ? Reflect.get(content, 'version') : null;
  if (typeof version === 'number' && version > HISTORY_VERSION) {
    throw refuse(`is of version ${version}, this is version ${HISTORY_VERSION}`, 'Update touchstone');
  }
  const { value, problems } = checkAgainst(HistoryFile, content, shownAs);
  if (value === null) throw new InputError(problems.slice(0, SAID));
  return pointsOf(value);
}
