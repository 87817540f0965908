import path from 'node:path';
import { InputError } from '../errors/errors.ts';
import type { Project } from '../project/project.ts';
import type { StudyRecord } from '../schema/study-record.ts';
import { type LoadedStudy, loadStudy } from '../study/load-study.ts';
import type { Task } from '../task/task.ts';
import type { Terminal } from './terminal.ts';

/** The study that a record is of, as the project has it; its definition is the record's, which the results follow. */
export function loadStudyOf(
  { study }: Pick<StudyRecord, 'study'>,
  project: Project,
  terminal: Pick<Terminal, 'cwd'>,
): { loaded: LoadedStudy; tasks: Task[] } {
  const folders = { root: project.root, suites: project.suites, studies: project.studies.definitions };
  const shown = (file: string) => path.relative(terminal.cwd, file) || '.';
  const { study: found, problems } = loadStudy(study.name, folders, shown);
  if (found === null) throw new InputError(problems);
  const loaded = { ...found, study };
  return { loaded, tasks: [...found.suites.values()].map(({ suite }) => suite.task) };
}
