import { readFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import { checkAgainst } from '../schema/check.ts';
import { STUDY_RECORD_VERSION, StudyRecord } from '../schema/study-record.ts';

const FILE = 'study.json';

export function studyRecordFile(folder: string): string {
  return path.join(folder, FILE);
}

/** What `touchstone study topics` writes about the study of the same folder. */
export function concernsFile(folder: string): string {
  return path.join(folder, 'concerns.json');
}

/** Reads the record in a study's folder. Throws InputError where there is none, or it is of a newer version. */
export function readStudyRecord(folder: string, shownAs: string): StudyRecord {
  const file = path.join(shownAs, FILE);
  const refuse = (what: string, mend: string) => new InputError([{ file, line: null, id: null, what, mend }]);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(studyRecordFile(folder), 'utf8'));
  } catch {
    throw refuse('cannot be read', 'Give the folder that touchstone study run wrote, once it has ended');
  }
  const version: unknown =
    typeof content === 'object' && content !== null ? Reflect.get(content, 'version') : null;
  if (typeof version === 'number' && version > STUDY_RECORD_VERSION)
    throw refuse(`is of version ${version}, this is version ${STUDY_RECORD_VERSION}`, 'Update touchstone');
  const { value, problems } = checkAgainst(StudyRecord, content, file);
  if (value === null) throw new InputError(problems);
  return value;
}
