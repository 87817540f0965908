import { existsSync, readFileSync } from 'node:fs';
import { InputError } from '../errors/errors.ts';
import { readJsonLines } from '../goldens/jsonl.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Writes a batch of conversations or cases, each line of which has a `why`, in the place of an earlier one.
 *
 * @throws InputError where the file is there and is no such batch: nobody's work is to be lost by a slip of the pen
 */
export function writeBatch(file: string, text: string, shownAs: string): void {
  refuseOther(file, shownAs);
  writeWhole(file, text);
}

/** @throws as `writeBatch` */
export function refuseOther(file: string, shownAs: string): void {
  if (!existsSync(file)) return;
  const refuse = (what: string) =>
    new InputError([{ file: shownAs, line: null, id: null, what, mend: 'Give --out another file' }]);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch {
    throw refuse('cannot be written');
  }
  const [first] = readJsonLines(bytes, shownAs).value;
  const why: unknown = Reflect.get(Object(first?.value), 'why');
  if (bytes.length > 0 && typeof why !== 'string') throw refuse('is there, and is no batch of this program');
}
